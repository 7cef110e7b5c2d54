package dev.gatehouse.core.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CauseCatalogueTest {
    private static final Pattern CODE = Pattern.compile("GATE-(\\d{4})");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-z][A-Za-z]*\\}");

    /** The range of each area, first and last code, as its Javadoc says. */
    private static final Map<Class<? extends Cause>, List<Integer>> RANGES = Map.of(
            IdentityCause.class, List.of(1000, 1999),
            PolicyCause.class, List.of(2000, 2999),
            RequestCause.class, List.of(3000, 3499),
            WireCause.class, List.of(3500, 3999),
            RepositoryCause.class, List.of(4000, 4999),
            TrafficCause.class, List.of(5000, 5999),
            StartCause.class, List.of(6000, 6999),
            AuditCause.class, List.of(7000, 7999));

    static Stream<Cause> causes() {
        return Arrays.stream(Cause.class.getPermittedSubclasses())
                .flatMap(area -> Arrays.stream(area.getEnumConstants()))
                .map(Cause.class::cast);
    }

    @Test
    void every_area_has_a_range() {
        assertThat(RANGES.keySet()).containsExactlyInAnyOrderElementsOf(areas());
    }

    private static List<Class<? extends Cause>> areas() {
        return Arrays.stream(Cause.class.getPermittedSubclasses())
                .<Class<? extends Cause>>map(area -> area.asSubclass(Cause.class))
                .toList();
    }

    @Test
    void no_code_is_given_twice() {
        Map<String, Long> uses = causes().collect(Collectors.groupingBy(Cause::code, Collectors.counting()));

        assertThat(uses).allSatisfy((code, count) -> assertThat(count).as(code).isEqualTo(1));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void a_code_is_well_formed_and_within_the_range_of_its_area(Cause cause) {
        Matcher code = CODE.matcher(cause.code());

        assertThat(code.matches()).as(cause.code()).isTrue();
        List<Integer> range = RANGES.getOrDefault(cause.getClass(), List.of(0, 0));
        assertThat(Integer.parseInt(code.group(1))).isBetween(range.getFirst(), range.getLast());
    }

    @ParameterizedTest
    @MethodSource("causes")
    void what_is_shown_is_one_line_with_well_formed_placeholders(Cause cause) {
        for (String template :
                List.of(cause.definition().message(), cause.definition().remedy())) {
            assertThat(template).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
            assertThat(PLACEHOLDER.matcher(template).replaceAll("")).doesNotContain("{", "}");
        }
    }

    @ParameterizedTest
    @MethodSource("causes")
    void a_status_is_an_error_and_a_policy_denial_is_never_401(Cause cause) {
        assertThat(cause.definition().httpStatus()).isBetween(400, 599);
        if (cause instanceof PolicyCause) {
            assertThat(cause.definition().httpStatus()).isNotEqualTo(401);
        }
    }
}
