package dev.gatehouse.proxy.tls;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.util.Optional;

/** Reads what TLS libraries throw. */
public final class HandshakeFaults {
    private static final int CAUSES_MAX = 10;

    private HandshakeFaults() {}

    /** The failure of ours that is inside of {@code problem}. */
    public static Optional<Failure> failure(Throwable problem) {
        Throwable at = problem;
        for (int i = 0; at != null && i < CAUSES_MAX; i++) {
            if (at instanceof FailureException ours) {
                return Optional.of(ours.failure());
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    /** Whether the other end sent no certificate though it must. */
    public static boolean certificateMissing(Throwable problem) {
        String text = detail(problem);
        return text.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE") || text.contains("Empty client certificate chain");
    }

    /** One line that says what happened. */
    public static String detail(Throwable problem) {
        Throwable at = problem instanceof DecoderException && problem.getCause() != null ? problem.getCause() : problem;
        if (at instanceof SslHandshakeTimeoutException) {
            return "it took too long";
        }
        String message = at.getMessage();
        return message == null ? at.getClass().getSimpleName() : message;
    }
}
