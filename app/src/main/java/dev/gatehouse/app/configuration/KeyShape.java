package dev.gatehouse.app.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One key, as its record component defines it.
 *
 * @param name kebab case
 * @param key what it means
 * @param kind what may stand there
 */
record KeyShape(String name, Key key, Kind kind) {
    /** What may stand at a key. */
    sealed interface Kind {}

    /** One value of {@code type}; {@code optional} where it may be left unset. */
    record Value(Class<?> type, boolean optional) implements Kind {}

    /** Several texts. */
    record Texts() implements Kind {}

    /** A map of further keys, bound to {@code type}. */
    record Section(Class<? extends Record> type) implements Kind {}

    /** A list of such maps. */
    record Sections(Class<? extends Record> type) implements Kind {}

    /** The keys of {@code type}, in the order of its components. */
    static List<KeyShape> of(Class<? extends Record> type) {
        return Arrays.stream(Objects.requireNonNull(type.getRecordComponents()))
                .map(KeyShape::of)
                .toList();
    }

    private static KeyShape of(RecordComponent component) {
        Key key = Objects.requireNonNull(component.getAnnotation(Key.class), component.getName() + " says nothing");
        return new KeyShape(kebab(component.getName()), key, kind(component));
    }

    private static Kind kind(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == List.class) {
            Class<?> element = argument(component.getGenericType());
            return element == String.class ? new Texts() : new Sections(element.asSubclass(Record.class));
        }
        if (type == Optional.class) {
            return new Value(argument(component.getGenericType()), true);
        }
        return isSection(type) ? new Section(type.asSubclass(Record.class)) : new Value(type, false);
    }

    private static boolean isSection(Class<?> type) {
        return type.getDeclaringClass() == Configuration.class;
    }

    private static Class<?> argument(Type generic) {
        return (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
