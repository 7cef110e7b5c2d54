package dev.gatehouse.app.configuration;

/** Which TLS implementation to use. */
public enum TlsEngineChoice {
    /** BoringSSL where its library loads, the JDK's where not. */
    AUTO,
    BORINGSSL,
    JDK
}
