package dev.gatehouse.forge;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Speaks HTTP/1.1 byte by byte over a Unix socket, as a sidecar does, or as one should not. */
final class UnixClient {
    private final Path socket;
    private final Map<String, String> headers = new LinkedHashMap<>();

    UnixClient(Path socket) {
        this.socket = socket;
    }

    /** As a sidecar speaks for {@code name}; for nobody where it is empty. */
    static UnixClient as(String name, Path socket) {
        return new UnixClient(socket)
                .with("Gatehouse-Handover", ForgeFixture.handover(name))
                .with("traceparent", ForgeFixture.TRACEPARENT);
    }

    UnixClient with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    UnixClient without(String header) {
        headers.remove(header);
        return this;
    }

    /** @param body ISO-8859-1, so that every byte can be read */
    record Reply(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        String text() {
            return new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    Reply get(String target) throws IOException {
        return send("GET", target, "");
    }

    Reply post(String target, String type, String body) throws IOException {
        return with("Content-Type", type).send("POST", target, body);
    }

    Reply send(String method, String target, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: forge\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (content.length > 0) {
            head.append("Content-Length: " + content.length + "\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        return raw(head + body);
    }

    Reply raw(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            String reply = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
            return parse(reply);
        }
    }

    private static Reply parse(String reply) {
        int headEnd = reply.indexOf("\r\n\r\n");
        String[] lines = reply.substring(0, headEnd).split("\r\n", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.merge(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip(),
                    (a, b) -> a + ", " + b);
        }
        String body = reply.substring(headEnd + 4);
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            body = unchunked(body);
        }
        return new Reply(Integer.parseInt(lines[0].substring(9, 12)), headers, body);
    }

    private static String unchunked(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int lineEnd = body.indexOf("\r\n", at);
            int length = Integer.parseInt(body.substring(at, lineEnd), 16);
            whole.append(body, lineEnd + 2, lineEnd + 2 + length);
            at = lineEnd + 2 + length + 2;
        }
        return whole.toString();
    }
}
