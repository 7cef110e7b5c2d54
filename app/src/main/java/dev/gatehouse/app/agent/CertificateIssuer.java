package dev.gatehouse.app.agent;

import java.security.cert.X509Certificate;
import java.util.List;

/** Has a certificate made for a key. */
@FunctionalInterface
public interface CertificateIssuer {
    /**
     * The chain for the request, the leaf first. Blocks, within a deadline of its own.
     *
     * @throws dev.gatehouse.core.cause.FailureException where it was refused, or could not be asked for
     */
    List<X509Certificate> issue(byte[] requestDer);
}
