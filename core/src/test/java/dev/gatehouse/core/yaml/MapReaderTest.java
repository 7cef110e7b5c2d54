package dev.gatehouse.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapReaderTest {
    private final YamlProblems problems = new YamlProblems("gatehouse.yaml");

    @Test
    void values_are_read_by_their_types() {
        MapReader reader = reader("""
                name: a
                on: true
                count: 12
                ttl: 90m
                max: 5GiB
                one: x
                many: [x, y]
                engine: jdk
                inner: {name: b}
                list: [{name: c}, {name: d}]
                """);

        assertThat(reader.string("name")).contains("a");
        assertThat(reader.bool("on")).contains(true);
        assertThat(reader.integer("count", 1, 100)).contains(12);
        assertThat(reader.duration("ttl", Duration.ZERO, Duration.ofDays(1))).contains(Duration.ofMinutes(90));
        assertThat(reader.sizeBytes("max", 0, Long.MAX_VALUE)).contains(5L << 30);
        assertThat(reader.strings("one")).containsExactly("x");
        assertThat(reader.strings("many")).containsExactly("x", "y");
        assertThat(reader.oneOf("engine", List.of("boringssl", "jdk"))).contains("jdk");
        assertThat(reader.map("inner").flatMap(inner -> inner.string("name"))).contains("b");
        assertThat(reader.maps("list"))
                .flatExtracting(each -> each.strings("name"))
                .containsExactly("c", "d");
        assertThat(reader.string("missing")).isEmpty();
        assertThat(reader.strings("missing")).isEmpty();
        reader.finish();
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            integer  | many       | 'integer' must be a whole number from 1 to 64; not 'many'
            integer  | 0          | 'integer' must be a whole number from 1 to 64; not '0'
            integer  | 1.5        | 'integer' must be a whole number from 1 to 64; not '1.5'
            integer  | 9999999999999999999999 | 'integer' must be a whole number from 1 to 64; not '9999999999999999999999'
            integer  | [1]        | 'integer' must be a value, not a list
            integer  | ~          | 'integer' has no value
            bool     | yes        | 'bool' must be true or false; not 'yes'
            duration | 15         | 'duration' must be a duration such as 500ms, 15m or 24h, from 1s to 24h; not '15'
            duration | m          | 'duration' must be a duration such as 500ms, 15m or 24h, from 1s to 24h; not 'm'
            duration | 1h30m      | 'duration' must be a duration such as 500ms, 15m or 24h, from 1s to 24h; not '1h30m'
            duration | 500ms      | 'duration' must be a duration such as 500ms, 15m or 24h, from 1s to 24h; not '500ms'
            duration | -5m        | 'duration' must be a duration such as 500ms, 15m or 24h, from 1s to 24h; not '-5m'
            duration | 999999999999999999d | 'duration' must be a duration such as 500ms, 15m or 24h, from 1s to 24h; not '999999999999999999d'
            size     | 64KB       | 'size' must be a size such as 64KiB or 5GiB, from 1KiB to 5GiB; not '64KB'
            size     | 1B         | 'size' must be a size such as 64KiB or 5GiB, from 1KiB to 5GiB; not '1B'
            size     | 999999999999999999TiB | 'size' must be a size such as 64KiB or 5GiB, from 1KiB to 5GiB; not '999999999999999999TiB'
            strings  | []         | 'strings' is an empty list
            strings  | [a, [b]]   | 'strings' must be a list of values; this is a list
            strings  | [a, ~]     | 'strings' must be a list of values; this is nothing
            oneOf    | fast       | 'oneOf' must be one of boringssl, jdk; not 'fast'
            map      | a          | 'map' must be a map, not a value
            maps     | {a: b}     | 'maps' must be a list, not a map
            maps     | [a]        | 'maps' must be a list of maps; this is a value
            mapz     | a          | unknown key 'mapz'; did you mean 'map'?
            frobnicate | a        | unknown key 'frobnicate'
            """)
    void a_wrong_value_is_reported_with_what_is_wanted(String key, String value, String message) {
        MapReader reader = reader(key + ": " + value + "\n");

        reader.integer("integer", 1, 64);
        reader.bool("bool");
        reader.duration("duration", Duration.ofSeconds(1), Duration.ofDays(1));
        reader.sizeBytes("size", 1024, 5L << 30);
        reader.strings("strings");
        reader.oneOf("oneOf", List.of("boringssl", "jdk"));
        reader.map("map");
        reader.maps("maps");
        reader.finish();

        assertThat(problems.all()).extracting(YamlProblem::message).containsExactly(message);
        assertThat(problems.all().getFirst().line()).isEqualTo(1);
    }

    @Test
    void a_missing_key_that_is_required_is_reported_where_its_map_stands() {
        MapReader reader = reader("outer: {b: 1}\n");
        reader.map("outer").orElseThrow().require("a");

        assertThat(problems.all())
                .extracting(YamlProblem::toString)
                .containsExactly("gatehouse.yaml:1:8: 'a' is missing");
    }

    private MapReader reader(String text) {
        return new MapReader(YamlReaderTest.read(text), problems);
    }
}
