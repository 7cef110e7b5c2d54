package dev.gatehouse.app.configuration;

import dev.gatehouse.core.yaml.MapReader;
import dev.gatehouse.core.yaml.YamlNode;
import dev.gatehouse.core.yaml.YamlProblems;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes a record of a map, with the defaults that its components name. What is wrong goes to the problems, and the default stands in. */
final class Binder {
    private final YamlProblems problems;

    Binder(YamlProblems problems) {
        this.problems = problems;
    }

    <T extends Record> T bind(Class<T> type, MapReader reader) {
        Object[] values =
                KeyShape.of(type).stream().map(shape -> value(shape, reader)).toArray();
        reader.finish();
        return construct(type, values);
    }

    private Object value(KeyShape shape, MapReader reader) {
        String name = shape.name();
        if (shape.key().required()) {
            reader.require(name);
        }
        return switch (shape.kind()) {
            case KeyShape.Section section ->
                bind(section.type(), reader.map(name).orElseGet(() -> nothing(reader.mapping())));
            case KeyShape.Sections sections ->
                reader.maps(name).stream()
                        .map(entry -> bind(sections.type(), entry))
                        .toList();
            case KeyShape.Texts texts -> {
                List<String> written = reader.strings(name);
                yield written.isEmpty() ? List.of(shape.key().standard().split(", *")) : written;
            }
            case KeyShape.Value value -> {
                Values.Form form = Values.of(value.type());
                Optional<?> written = reader.scalar(name).flatMap(scalar -> {
                    Optional<?> parsed = form.parse().apply(scalar.text());
                    if (parsed.isEmpty()) {
                        reader.report(
                                scalar, "'" + name + "' must be " + form.expected() + "; not '" + scalar.text() + "'");
                    }
                    return parsed;
                });
                yield value.optional() ? written : written.isPresent() ? written.get() : standard(shape, form);
            }
        };
    }

    private static Object standard(KeyShape shape, Values.Form form) {
        Optional<?> standard = form.parse().apply(shape.key().standard());
        // A required key that is missing has been reported: what stands in for it is never used.
        return standard.isPresent() ? standard.get() : placeholder(shape);
    }

    private static Object placeholder(KeyShape shape) {
        Class<?> type = ((KeyShape.Value) shape.kind()).type();
        if (type == Endpoint.class) {
            return new Endpoint("missing", 0);
        }
        if (type == Application.class) {
            return new Application.Tcp(new Endpoint("missing", 0));
        }
        return "missing";
    }

    private MapReader nothing(YamlNode.Mapping around) {
        return new MapReader(new YamlNode.Mapping(List.of(), around.line(), around.column()), problems);
    }

    private static <T extends Record> T construct(Class<T> type, Object[] values) {
        Class<?>[] parameters = Arrays.stream(Objects.requireNonNull(type.getRecordComponents()))
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(parameters);
            return constructor.newInstance(values);
        } catch (InstantiationException | IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalStateException("a record has its canonical constructor", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("a default does not fit " + type.getSimpleName(), e.getCause());
        }
    }
}
