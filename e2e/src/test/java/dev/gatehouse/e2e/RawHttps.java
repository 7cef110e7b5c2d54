package dev.gatehouse.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Sends over TLS exactly the bytes that a test wants sent, which no HTTP client would. */
final class RawHttps {
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    private final int port;

    RawHttps(int port) {
        this.port = port;
    }

    /** All that comes back until the other side closes or falls silent. */
    String exchange(byte[] request) {
        try (SSLSocket socket = connect(port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(2).toMillis());
            socket.getOutputStream().write(request);
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                for (int read = socket.getInputStream().read(buffer);
                        read >= 0 && answer.length() < ANSWER_BYTES_MAX;
                        read = socket.getInputStream().read(buffer)) {
                    answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                }
            } catch (IOException silence) {
                // a kept connection falls silent, a refused one may be reset: what came before counts
            }
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code METHOD target HTTP/1.1} with a Host and the given header lines, then {@code body}. */
    String request(String method, String target, String headerLines, String body) {
        String head = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n"
                + headerLines + "\r\n";
        return exchange((head + body).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A connection to a port of this machine, whoever answers there. */
    static SSLSocket connect(int port) throws IOException {
        try {
            return (SSLSocket) anyCertificate().getSocketFactory().createSocket("127.0.0.1", port);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext anyCertificate() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                null,
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                null);
        return context;
    }
}
