package dev.gatehouse.proxy.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What an ingress shows to browsers and to git: from the web CA, or the company's own.
 *
 * @param chain the leaf first
 * @param key the leaf's; never shown
 */
public record WebCertificate(List<X509Certificate> chain, PrivateKey key) {
    /** @throws IllegalArgumentException where the chain is empty */
    public WebCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a web certificate needs a certificate");
        }
    }

    @Override
    public String toString() {
        return chain.get(0).getSubjectX500Principal().getName();
    }
}
