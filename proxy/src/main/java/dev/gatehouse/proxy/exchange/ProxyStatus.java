package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.Failure;

/** Writes {@code Proxy-Status} (RFC 9209). */
final class ProxyStatus {
    private ProxyStatus() {}

    /** Who, which error, and the code to look up; the message is in the body, and may hold what a structured field may not. */
    static String of(Role role, Failure failure) {
        return "gatehouse-" + role.label() + "; error="
                + failure.cause().definition().proxyErrorType().token() + "; details=\""
                + failure.cause().code() + "\"";
    }
}
