package dev.gatehouse.proxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that does exactly what a test says, byte for byte: each connection runs the script on a thread of its own. */
public final class RawServer implements AutoCloseable {
    /** What is done with one connection. */
    public interface Script {
        void serve(RawSocket socket) throws IOException;
    }

    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    public RawServer(Script script) {
        try {
            server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException cannotListen) {
            throw new UncheckedIOException(cannotListen);
        }
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    open.add(socket);
                    accepted.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            script.serve(new RawSocket(socket));
                        } catch (IOException | UncheckedIOException over) {
                            // The other end may go at any time.
                        }
                    });
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    /** Answers every request with 200 and its own request line, for as long as the connection lasts. */
    public static RawServer echo() {
        return new RawServer(socket -> {
            for (String line = socket.readLine(); !line.isEmpty(); line = socket.readLine()) {
                socket.send(echo(line, socket));
            }
        });
    }

    private static String echo(String requestLine, RawSocket socket) throws IOException {
        StringBuilder head = new StringBuilder(requestLine).append('\n');
        int length = 0;
        boolean chunked = false;
        for (String line = socket.readLine(); !line.isEmpty(); line = socket.readLine()) {
            head.append(line).append('\n');
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:");
        }
        byte[] body = chunked ? socket.readChunked() : socket.readBytes(length);
        head.append('\n').append(new String(body, StandardCharsets.ISO_8859_1));
        boolean toHead = requestLine.startsWith("HEAD ");
        return "HTTP/1.1 200 OK\r\ncontent-length: " + head.length() + "\r\n\r\n" + (toHead ? "" : head);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections came. */
    public int accepted() {
        return accepted.get();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        }
    }
}
