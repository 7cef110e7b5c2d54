package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;

/** The one place that turns a failure into an answer, whoever found it: a filter, the policy, or the transport. Called before the head is sent. */
@FunctionalInterface
public interface FailureRenderer {
    /** What the client gets. Must not block, and must not throw. */
    Answer render(Exchange exchange, Failure failure);

    /** Text: cause, remedy, code, trace. For listeners that no Git client talks to, and where nothing else is configured. */
    static FailureRenderer plain() {
        return (exchange, failure) -> Answer.text(
                failure.cause().definition().httpStatus(),
                failure.message() + "\n" + failure.remedy() + "\n"
                        + failure.cause().code() + ", trace " + exchange.trace().traceId() + "\n");
    }
}
