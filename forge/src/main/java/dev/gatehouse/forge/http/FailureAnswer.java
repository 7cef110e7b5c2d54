package dev.gatehouse.forge.http;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.git.FailureText;
import dev.gatehouse.core.trace.TraceId;
import java.util.Optional;

/** Renders a failure for those who asked: a Git client, a script, a browser. */
public interface FailureAnswer {
    /** For whoever can read. */
    FailureAnswer PLAIN = (failure, trace) ->
            Answer.of(failure.cause().definition().httpStatus(), Answer.TEXT, FailureText.text(failure, trace));

    /** The answer to a request that met {@code failure}. */
    Answer render(Failure failure, Optional<TraceId> trace);
}
