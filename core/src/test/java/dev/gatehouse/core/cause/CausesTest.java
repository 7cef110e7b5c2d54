package dev.gatehouse.core.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void everyCauseIsFoundByItsCode() {
        for (Cause cause : Causes.all()) {
            assertThat(Causes.byCode(cause.code())).contains(cause);
        }
        assertThat(Causes.byCode("GATE-0000")).isEmpty();
    }

    @Test
    void everyEnumOfCausesIsInTheCatalogue() {
        long constants = Arrays.stream(Cause.class.getPermittedSubclasses())
                .mapToLong(area -> area.getEnumConstants().length)
                .sum();
        assertThat(Causes.all()).hasSize((int) constants);
    }

    @Test
    void codesAreWellFormedAndGivenOnce() {
        Map<String, Cause> seen = new HashMap<>();
        for (Cause cause : Causes.all()) {
            assertThat(cause.code()).matches("GATE-[1-9][0-9]{3}");
            assertThat(seen.put(cause.code(), cause)).as(cause.code()).isNull();
        }
    }
}
