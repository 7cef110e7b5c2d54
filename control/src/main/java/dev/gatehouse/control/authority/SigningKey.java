package dev.gatehouse.control.authority;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A CA's certificate with its private key.
 *
 * @param certificate what others see
 * @param key what never leaves this machine
 */
record SigningKey(X509Certificate certificate, PrivateKey key) {
    @Override
    public String toString() {
        return "SigningKey[" + certificate.getSubjectX500Principal() + "]";
    }
}
