package dev.gatehouse.proxy.tls;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.SpiffeId;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/** What a certificate chain is worth as an X.509-SVID. */
public sealed interface SvidVerdict {
    /**
     * It holds.
     *
     * @param id who
     * @param leaf the certificate
     * @param validUntil when the first certificate on its path expires
     */
    record Valid(SpiffeId id, X509Certificate leaf, Instant validUntil) implements SvidVerdict {}

    /**
     * It does not.
     *
     * @param claimed the SPIFFE ID it says, where it says exactly one
     * @param failure why
     */
    record Invalid(Optional<SpiffeId> claimed, Failure failure) implements SvidVerdict {}
}
