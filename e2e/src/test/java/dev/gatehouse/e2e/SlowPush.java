package dev.gatehouse.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLSocket;

/** A push that a test sends piece by piece. */
final class SlowPush implements AutoCloseable {
    private final SSLSocket socket;

    /** Connects and sends the head. */
    SlowPush(Installation gatehouse, String token, String repository, int bodyBytes) throws IOException {
        this.socket = RawHttps.connect(gatehouse.port());
        String credential = Base64.getEncoder().encodeToString(("git:" + token).getBytes(StandardCharsets.UTF_8));
        String head = "POST /" + repository + ".git/git-receive-pack HTTP/1.1\r\nHost: 127.0.0.1:" + gatehouse.port()
                + "\r\nAuthorization: Basic " + credential
                + "\r\nContent-Type: application/x-git-receive-pack-request\r\nConnection: close\r\nContent-Length: "
                + bodyBytes
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    void send(byte[] body, int from, int to) throws IOException {
        socket.getOutputStream().write(body, from, to - from);
        socket.getOutputStream().flush();
    }

    String answer() throws IOException {
        socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
