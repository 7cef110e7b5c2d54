package dev.gatehouse.core.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads typed values out of one map, and collects what is wrong instead of stopping at it. Every key asked for is a known key; {@link #finish}
 * reports the others. A key that is missing or wrong reads as empty; wrong ones have been reported by then. Belongs to one thread.
 */
public final class MapReader {
    private final YamlNode.Mapping mapping;
    private final YamlProblems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /** Reads {@code mapping}, and reports to {@code problems}. */
    public MapReader(YamlNode.Mapping mapping, YamlProblems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    /** The map itself, for its position. */
    public YamlNode.Mapping mapping() {
        return mapping;
    }

    /** Complains about {@code node}. */
    public void report(YamlNode node, String message) {
        problems.add(node, message);
    }

    /** Complains where {@code key} is missing. */
    public void require(String key) {
        known.add(key);
        if (mapping.value(key).isEmpty()) {
            report(mapping, "'" + key + "' is missing");
        }
    }

    /** Whatever stands at {@code key}. */
    public Optional<YamlNode> node(String key) {
        known.add(key);
        Optional<YamlNode> node = mapping.value(key);
        if (node.isPresent() && node.get() instanceof YamlNode.Scalar scalar && scalar.isNothing()) {
            report(scalar, "'" + key + "' has no value");
            return Optional.empty();
        }
        return node;
    }

    /** The single value at {@code key}, with its position. */
    public Optional<YamlNode.Scalar> scalar(String key) {
        return node(key).flatMap(node -> {
            if (node instanceof YamlNode.Scalar scalar) {
                return Optional.of(scalar);
            }
            report(node, "'" + key + "' must be a value, not " + node.kind());
            return Optional.empty();
        });
    }

    /** The text at {@code key}. */
    public Optional<String> string(String key) {
        return scalar(key).map(YamlNode.Scalar::text);
    }

    /** One of {@code choices}. */
    public Optional<String> oneOf(String key, List<String> choices) {
        return scalar(key).flatMap(scalar -> {
            if (choices.contains(scalar.text())) {
                return Optional.of(scalar.text());
            }
            report(
                    scalar,
                    "'" + key + "' must be one of " + String.join(", ", choices) + "; not '" + scalar.text() + "'");
            return Optional.empty();
        });
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> bool(String key) {
        return convert(key, "true or false", ScalarValues::bool);
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public Optional<Integer> integer(String key, int min, int max) {
        return convert(
                key,
                "a whole number from " + min + " to " + max,
                text -> ScalarValues.integer(text)
                        .filter(number -> number >= min && number <= max)
                        .map(Math::toIntExact));
    }

    /** A duration such as {@code 500ms}, {@code 15m} or {@code 24h}, from {@code min} to {@code max}, both included. */
    public Optional<Duration> duration(String key, Duration min, Duration max) {
        return convert(
                key,
                "a duration such as 500ms, 15m or 24h, from " + DurationText.of(min) + " to " + DurationText.of(max),
                text -> ScalarValues.duration(text)
                        .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0));
    }

    /** A size such as {@code 64KiB} or {@code 5GiB}, in bytes, from {@code minBytes} to {@code maxBytes}, both included. */
    public Optional<Long> sizeBytes(String key, long minBytes, long maxBytes) {
        return convert(
                key,
                "a size such as 64KiB or 5GiB, from " + SizeText.of(minBytes) + " to " + SizeText.of(maxBytes),
                text -> ScalarValues.sizeBytes(text).filter(bytes -> bytes >= minBytes && bytes <= maxBytes));
    }

    /** The values at {@code key}, with their positions; a single value counts as a list of one. An empty list is a problem. */
    public List<YamlNode.Scalar> scalars(String key) {
        return node(key).map(node -> scalars(key, node)).orElse(List.of());
    }

    /** The texts at {@code key}; a single value counts as a list of one. An empty list is a problem. */
    public List<String> strings(String key) {
        return scalars(key).stream().map(YamlNode.Scalar::text).toList();
    }

    /** The map at {@code key}, to be read and finished in its turn. */
    public Optional<MapReader> map(String key) {
        return node(key).flatMap(node -> {
            if (node instanceof YamlNode.Mapping inner) {
                return Optional.of(new MapReader(inner, problems));
            }
            report(node, "'" + key + "' must be a map, not " + node.kind());
            return Optional.empty();
        });
    }

    /** The maps of the list at {@code key}, each to be read and finished in its turn. */
    public List<MapReader> maps(String key) {
        return node(key).map(node -> maps(key, node)).orElse(List.of());
    }

    /** The entries of a map whose keys are names that the writer chose: all of them count as known. */
    public List<YamlNode.Entry> entries() {
        mapping.entries().forEach(entry -> known.add(entry.key().text()));
        return mapping.entries();
    }

    /** Reports the keys that were never asked for, each with the nearest known one. */
    public void finish() {
        for (YamlNode.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                String guess = Nearest.of(key, known)
                        .map(nearest -> "; did you mean '" + nearest + "'?")
                        .orElse("");
                report(entry.key(), "unknown key '" + key + "'" + guess);
            }
        }
    }

    private <T> Optional<T> convert(String key, String expected, Function<String, Optional<T>> conversion) {
        return scalar(key).flatMap(scalar -> {
            Optional<T> value = conversion.apply(scalar.text());
            if (value.isEmpty()) {
                report(scalar, "'" + key + "' must be " + expected + "; not '" + scalar.text() + "'");
            }
            return value;
        });
    }

    private List<YamlNode.Scalar> scalars(String key, YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> List.of(scalar);
            case YamlNode.Mapping map -> {
                report(map, "'" + key + "' must be a value or a list of values, not a map");
                yield List.of();
            }
            case YamlNode.Sequence list -> {
                List<YamlNode.Scalar> scalars = new ArrayList<>();
                if (list.items().isEmpty()) {
                    report(list, "'" + key + "' is an empty list");
                }
                for (YamlNode item : list.items()) {
                    if (item instanceof YamlNode.Scalar scalar && !scalar.isNothing()) {
                        scalars.add(scalar);
                    } else {
                        report(item, "'" + key + "' must be a list of values; this is " + described(item));
                    }
                }
                yield List.copyOf(scalars);
            }
        };
    }

    private List<MapReader> maps(String key, YamlNode node) {
        if (!(node instanceof YamlNode.Sequence list)) {
            report(node, "'" + key + "' must be a list, not " + node.kind());
            return List.of();
        }
        List<MapReader> readers = new ArrayList<>();
        for (YamlNode item : list.items()) {
            if (item instanceof YamlNode.Mapping inner) {
                readers.add(new MapReader(inner, problems));
            } else {
                report(item, "'" + key + "' must be a list of maps; this is " + described(item));
            }
        }
        return List.copyOf(readers);
    }

    private static String described(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNothing() ? "nothing" : node.kind();
    }
}
