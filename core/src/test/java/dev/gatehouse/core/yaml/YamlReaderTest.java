package dev.gatehouse.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlReaderTest {
    private static final YamlLimits SMALL = new YamlLimits(200, 4, 20);

    @Test
    void every_node_knows_where_it_stands() {
        YamlNode.Mapping root = read("a: 1\nb:\n  - x\n  - {c: 'é y', d: [z]}\n");

        assertThat(root.entries()).hasSize(2);
        assertThat(root.value("a")).contains(new YamlNode.Scalar("1", false, 1, 4));
        assertThat(root.value("b"))
                .contains(new YamlNode.Sequence(
                        List.of(
                                new YamlNode.Scalar("x", false, 3, 5),
                                new YamlNode.Mapping(
                                        List.of(
                                                new YamlNode.Entry(
                                                        new YamlNode.Scalar("c", false, 4, 6),
                                                        new YamlNode.Scalar("é y", true, 4, 9)),
                                                new YamlNode.Entry(
                                                        new YamlNode.Scalar("d", false, 4, 16),
                                                        new YamlNode.Sequence(
                                                                List.of(new YamlNode.Scalar("z", false, 4, 20)),
                                                                4,
                                                                19))),
                                        4,
                                        5)),
                        3,
                        3));
    }

    @Test
    void a_text_of_nothing_but_comments_is_an_empty_map() {
        assertThat(read("# nothing yet\n").entries()).isEmpty();
        assertThat(read("").entries()).isEmpty();
        assertThat(read("---\n...\n").entries()).isEmpty();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("a: 1\na: 2\n", "x.yaml:2:1: the key 'a' is here twice, first in line 1"),
                Arguments.of("a: 1\n'a': 2\n", "x.yaml:2:1: the key 'a' is here twice, first in line 1"),
                Arguments.of("a: &x 1\n", "x.yaml:1:4: anchors and aliases are not taken here: write it out"),
                Arguments.of("a: *x\n", "x.yaml:1:4: anchors and aliases are not taken here: write it out"),
                Arguments.of("a: !!str 1\n", "x.yaml:1:4: tags are not taken here: leave out tag:yaml.org,2002:str"),
                Arguments.of("a: !x {}\n", "x.yaml:1:4: tags are not taken here: leave out !x"),
                Arguments.of("a: 1\n---\nb: 2\n", "x.yaml:2:1: a second document starts here; only one is read"),
                Arguments.of("- a\n", "x.yaml:1:1: the file must hold a map, not a list"),
                Arguments.of("a\n", "x.yaml:1:1: the file must hold a map, not a value"),
                Arguments.of("{[a]: b}\n", "x.yaml:1:2: a key must be a plain word"),
                Arguments.of("? \n: b\n", "x.yaml:1:2: a key must be a plain word"),
                Arguments.of("a: [[[[b]]]]\n", "x.yaml:1:7: nested deeper than 4 levels"),
                Arguments.of("a: [" + "b,".repeat(30) + "]\n", "x.yaml:1:39: more than 20 values"),
                Arguments.of("a: " + "b".repeat(200), "x.yaml:1:1: the file exceeds 200 characters"),
                Arguments.of("a: b\nc: \u0007\n", "x.yaml:2:4: not YAML: the character U+0007 may not stand here"),
                Arguments.of("a: b: c\n", "x.yaml:1:5: not YAML: mapping values are not allowed here"),
                Arguments.of(
                        "a:\n\t- b\n",
                        "x.yaml:2:1: not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
                Arguments.of("a: 'b\n", "x.yaml:2:1: not YAML: found unexpected end of stream"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_is_not_plain_yaml_is_refused_with_its_place(String text, String problem) {
        assertThat(new YamlReader(SMALL).read("x.yaml", text))
                .isInstanceOfSatisfying(
                        YamlReading.Unreadable.class,
                        unreadable -> assertThat(unreadable.problem()).hasToString(problem));
    }

    @Test
    void a_text_nested_without_end_is_refused_before_it_is_built() {
        String text = "a: " + "[".repeat(500_000);

        assertThat(new YamlReader(YamlLimits.DEFAULT).read("x.yaml", text))
                .isInstanceOfSatisfying(
                        YamlReading.Unreadable.class,
                        unreadable -> assertThat(unreadable.problem())
                                .hasToString("x.yaml:1:19: nested deeper than 16 levels"));
    }

    static YamlNode.Mapping read(String text) {
        return switch (new YamlReader(YamlLimits.DEFAULT).read("x.yaml", text)) {
            case YamlReading.Read(YamlNode.Mapping root) -> root;
            case YamlReading.Unreadable(YamlProblem problem) -> throw new AssertionError(problem.toString());
        };
    }
}
