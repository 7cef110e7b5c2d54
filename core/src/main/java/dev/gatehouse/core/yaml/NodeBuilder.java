package dev.gatehouse.core.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds nodes from the parser's events. From events rather than from the library's own composer, so that depth, number and aliases are
 * refused as they come, before anything is built from them.
 */
final class NodeBuilder {
    private final Iterator<Event> events;
    private final YamlLimits limits;
    private int nodes;

    NodeBuilder(Iterator<Event> events, YamlLimits limits) {
        this.events = events;
        this.limits = limits;
    }

    YamlNode.Mapping document() {
        Event event = events.next();
        while (event.getEventId() == Event.ID.StreamStart || event.getEventId() == Event.ID.DocumentStart) {
            event = events.next();
        }
        if (event.getEventId() == Event.ID.StreamEnd) {
            return new YamlNode.Mapping(List.of(), 1, 1);
        }
        YamlNode root = node(event, 1);
        event = events.next();
        while (event.getEventId() == Event.ID.DocumentEnd) {
            event = events.next();
        }
        if (event.getEventId() != Event.ID.StreamEnd) {
            throw refused(event, "a second document starts here; only one is read");
        }
        return switch (root) {
            case YamlNode.Mapping mapping -> mapping;
            case YamlNode.Scalar scalar when scalar.isNothing() -> new YamlNode.Mapping(List.of(), 1, 1);
            case YamlNode.Scalar scalar -> throw new Refused(scalar, "the file must hold a map, not " + scalar.kind());
            case YamlNode.Sequence list -> throw new Refused(list, "the file must hold a map, not " + list.kind());
        };
    }

    private YamlNode node(Event event, int depth) {
        if (++nodes > limits.nodesMax()) {
            throw refused(event, "more than " + limits.nodesMax() + " values");
        }
        if (depth > limits.depthMax()) {
            throw refused(event, "nested deeper than " + limits.depthMax() + " levels");
        }
        if (event instanceof AliasEvent
                || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
            throw refused(event, "anchors and aliases are not taken here: write it out");
        }
        if (tag(event).isPresent()) {
            throw refused(
                    event, "tags are not taken here: leave out " + tag(event).get());
        }
        return switch (event) {
            case ScalarEvent scalar ->
                new YamlNode.Scalar(scalar.getValue(), !scalar.isPlain(), line(event), column(event));
            case SequenceStartEvent list -> sequence(list, depth);
            case MappingStartEvent map -> mapping(map, depth);
            default -> throw refused(event, "not YAML");
        };
    }

    private static Optional<String> tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
    }

    private YamlNode.Sequence sequence(Event start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new YamlNode.Sequence(items, line(start), column(start));
    }

    private YamlNode.Mapping mapping(Event start, int depth) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Map<String, YamlNode> seen = new HashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(node(event, depth + 1) instanceof YamlNode.Scalar key) || key.isNothing()) {
                throw refused(event, "a key must be a plain word");
            }
            YamlNode first = seen.putIfAbsent(key.text(), key);
            if (first != null) {
                throw refused(event, "the key '" + key.text() + "' is here twice, first in line " + first.line());
            }
            entries.add(new YamlNode.Entry(key, node(events.next(), depth + 1)));
        }
        return new YamlNode.Mapping(entries, line(start), column(start));
    }

    private static int line(Event event) {
        return event.getStartMark().map(YamlReader::line).orElse(1);
    }

    private static int column(Event event) {
        return event.getStartMark().map(YamlReader::column).orElse(1);
    }

    private static Refused refused(Event event, String reason) {
        Mark mark = event.getStartMark().orElse(null);
        return mark == null
                ? new Refused(1, 1, reason)
                : new Refused(YamlReader.line(mark), YamlReader.column(mark), reason);
    }

    /** Leaves the building at the first thing that is not taken; never leaves the package. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;
        private final String reason;

        Refused(int line, int column, String reason) {
            super(reason, null, false, false);
            this.line = line;
            this.column = column;
            this.reason = reason;
        }

        Refused(YamlNode node, String reason) {
            this(node.line(), node.column(), reason);
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }

        String reason() {
            return reason;
        }
    }
}
