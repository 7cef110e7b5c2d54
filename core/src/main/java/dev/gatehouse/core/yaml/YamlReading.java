package dev.gatehouse.core.yaml;

/** What {@link YamlReader} made of a text. */
public sealed interface YamlReading {
    /**
     * It is YAML, of the plain kind that is taken here.
     *
     * @param root its map; an empty one where the text holds nothing but comments
     */
    record Read(YamlNode.Mapping root) implements YamlReading {}

    /**
     * It is not.
     *
     * @param problem the first thing that is wrong
     */
    record Unreadable(YamlProblem problem) implements YamlReading {}
}
