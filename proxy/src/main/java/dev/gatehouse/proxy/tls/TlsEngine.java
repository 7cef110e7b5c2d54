package dev.gatehouse.proxy.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** Which library does TLS. */
public enum TlsEngine {
    /** BoringSSL where its native library loads, the JDK's otherwise. */
    AUTOMATIC,
    /** BoringSSL: a third less CPU on bulk. */
    BORINGSSL,
    /** The JDK's own. */
    JDK;

    SslProvider provider() {
        return switch (this) {
            case AUTOMATIC -> OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
            case BORINGSSL -> SslProvider.OPENSSL;
            case JDK -> SslProvider.JDK;
        };
    }
}
