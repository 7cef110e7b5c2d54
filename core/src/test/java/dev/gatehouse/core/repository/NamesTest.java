package dev.gatehouse.core.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Test
    void aRepositoryNameIsOwnerAndName() {
        assertThat(RepositoryName.parse("demo/hello.world_1-x"))
                .contains(new RepositoryName("demo", "hello.world_1-x"));
        assertThat(new RepositoryName("demo", "hello").gitPath()).isEqualTo("/demo/hello.git");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "demo", "demo/", "/hello", "demo/hello/x", "Demo/hello", "demo/Hello", "demo/hello.git",
                        "demo/hello.",
                "demo/a..b", "demo/.git", "demo/-x", "demo/x.lock", "demo/a b", "demo/a%2fb", "demo/h\u00e9",
                        "../hello", "demo/a\n"
            })
    void whatIsNotCanonicalIsNoRepositoryName(String text) {
        assertThat(RepositoryName.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/heads/main", "refs/tags/v1.0", "refs/heads/feature/\u00fc", "refs/x"})
    void aRefNameThatGitTakesIsTaken(String text) {
        assertThat(RefName.parse(text)).contains(new RefName(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "main",
                "HEAD",
                "refs/",
                "refs/heads/",
                "refs//x",
                "refs/heads/.x",
                "refs/heads/x.lock",
                "refs/x.lock/y",
                "refs/heads/a..b",
                "refs/heads/a.",
                "refs/heads/a@{b",
                "refs/heads/a~1",
                "refs/heads/a^",
                "refs/heads/a:b",
                "refs/heads/a?",
                "refs/heads/a*",
                "refs/heads/a[b",
                "refs/heads/a\\b",
                "refs/heads/a b",
                "refs/heads/a\u007f",
                "refs/heads/a\0",
                "refs/heads/a\n"
            })
    void whatGitRefusesIsNoRefName(String text) {
        assertThat(RefName.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"40,SHA1", "64,SHA256"})
    void anObjectIdTellsItsFormatByItsLength(int length, ObjectFormat format) {
        assertThat(ObjectId.parse("a".repeat(length))).contains(new ObjectId(format, "a".repeat(length)));
        assertThat(format.zero().isZero()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"39,a", "41,a", "63,a", "40,A", "40,g"})
    void whatHasTheWrongLengthOrDigitsIsNoObjectId(int length, String digit) {
        assertThat(ObjectId.parse(digit.repeat(length))).isEmpty();
    }

    @Test
    void anUpdateKnowsWhatItDoes() {
        RefName ref = new RefName("refs/heads/main");
        ObjectId zero = ObjectFormat.SHA1.zero();
        ObjectId one = new ObjectId(ObjectFormat.SHA1, "1".repeat(40));
        assertThat(new RefUpdate(ref, zero, one).kind()).isEqualTo(RefUpdate.Kind.CREATE);
        assertThat(new RefUpdate(ref, one, one).kind()).isEqualTo(RefUpdate.Kind.UPDATE);
        assertThat(new RefUpdate(ref, one, zero).kind()).isEqualTo(RefUpdate.Kind.DELETE);
        assertThatThrownBy(() -> new RefUpdate(ref, zero, zero)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RefUpdate(ref, zero, ObjectFormat.SHA256.zero()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
