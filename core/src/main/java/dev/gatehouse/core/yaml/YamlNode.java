package dev.gatehouse.core.yaml;

import java.util.List;
import java.util.Optional;

/** A piece of YAML that knows where it stands. Lines and columns are one-based. */
public sealed interface YamlNode {
    /** One-based. */
    int line();

    /** One-based, in code points. */
    int column();

    /** What it is, for a complaint: "a value", "a list", "a map". */
    String kind();

    /**
     * A single value, not interpreted yet.
     *
     * @param text without its quotes, escapes resolved
     * @param quoted whether it was written in quotes or as a block, so that it cannot mean "nothing"
     */
    record Scalar(String text, boolean quoted, int line, int column) implements YamlNode {
        @Override
        public String kind() {
            return "a value";
        }

        /** Whether nothing was written: {@code key:}, {@code key: ~} or {@code key: null}. */
        public boolean isNothing() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    /** A list, in order. */
    record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map, in the order it was written. No key stands in it twice. */
    record Mapping(List<Entry> entries, int line, int column) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The value at {@code key}; empty where the key is not there. */
        public Optional<YamlNode> value(String key) {
            for (Entry entry : entries) {
                if (entry.key().text().equals(key)) {
                    return Optional.of(entry.value());
                }
            }
            return Optional.empty();
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /** One key of a map, and what stands there. */
    record Entry(Scalar key, YamlNode value) {}
}
