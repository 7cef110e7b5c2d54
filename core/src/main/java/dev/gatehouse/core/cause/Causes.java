package dev.gatehouse.core.cause;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole catalogue, so that a failure can travel as its code and be read back. */
public final class Causes {
    private static final List<Cause> ALL = Stream.<Cause[]>of(
                    IdentityCause.values(),
                    PolicyCause.values(),
                    RequestCause.values(),
                    WireCause.values(),
                    RepositoryCause.values(),
                    TrafficCause.values(),
                    StartCause.values(),
                    AuditCause.values())
            .flatMap(Arrays::stream)
            .toList();

    private static final Map<String, Cause> BY_CODE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Cause::code, Function.identity()));

    private Causes() {}

    /** Every cause, area by area. */
    public static List<Cause> all() {
        return ALL;
    }

    /** The cause with this code; empty where there is none, as with a newer version's. */
    public static Optional<Cause> byCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
