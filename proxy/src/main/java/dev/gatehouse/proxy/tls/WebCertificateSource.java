package dev.gatehouse.proxy.tls;

/** Where an ingress gets its web certificate from. Safe for all threads. */
public interface WebCertificateSource {
    /** The newest one. Cheap: a volatile read. */
    WebCertificate current();

    /** Calls {@code listener} after each change, on a thread of the source's; it must return soon. Closing the result ends it. */
    AutoCloseable onChange(Runnable listener);
}
