package dev.gatehouse.proxy.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.git.PushCapabilities;
import dev.gatehouse.core.repository.RefName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A push that was refused whole, each ref for its own reason.
 *
 * @param capabilities how the client wants to hear of it
 * @param failures by ref, in the push's order
 */
public record PushRefusals(PushCapabilities capabilities, Map<RefName, Failure> failures) {
    public PushRefusals {
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }
}
