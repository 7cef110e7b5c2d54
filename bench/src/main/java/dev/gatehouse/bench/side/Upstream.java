package dev.gatehouse.bench.side;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The application behind every contender: {@code GET /files/small} gives 1 KiB, {@code GET /files/bytes/N} N bytes, and a POST is read and
 * counted. Its own CPU is nobody's. A virtual thread a connection.
 */
final class Upstream implements AutoCloseable {
    private static final int CHUNK_BYTES = 256 * 1024;
    private static final int SMALL_BYTES = 1024;

    private final ServerSocket socket;
    private final byte[] chunk = new byte[CHUNK_BYTES];

    Upstream() throws IOException {
        this.socket = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        new java.util.Random(1).nextBytes(chunk);
        Thread.ofPlatform().daemon().name("upstream").start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream(), CHUNK_BYTES);
            OutputStream out = connection.getOutputStream();
            byte[] sink = new byte[CHUNK_BYTES];
            for (String request = line(in); !request.isEmpty(); request = line(in)) {
                long length = 0;
                boolean chunked = false;
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    String lower = header.toLowerCase(Locale.ROOT);
                    if (lower.startsWith("content-length:")) {
                        length = Long.parseLong(header.substring(15).strip());
                    }
                    chunked |= lower.startsWith("transfer-encoding:");
                }
                long received = chunked ? skipChunks(in, sink) : skip(in, sink, length);
                String path = request.split(" ", -1)[1];
                int bytes = path.lastIndexOf("/bytes/");
                answer(out, bytes >= 0 ? Long.parseLong(path.substring(bytes + 7)) : SMALL_BYTES, received);
            }
        } catch (IOException gone) {
            // the client of this connection has closed it: nothing to answer any more
        }
    }

    private void answer(OutputStream out, long bodyBytes, long received) throws IOException {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nX-Received: " + received
                        + "\r\nContent-Length: " + bodyBytes + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        if (bodyBytes <= SMALL_BYTES) {
            byte[] whole = new byte[head.length + (int) bodyBytes];
            System.arraycopy(head, 0, whole, 0, head.length);
            out.write(whole);
            return;
        }
        out.write(head);
        for (long left = bodyBytes; left > 0; left -= chunk.length) {
            out.write(chunk, 0, (int) Math.min(left, chunk.length));
        }
    }

    private static long skip(InputStream in, byte[] sink, long length) throws IOException {
        long left = length;
        while (left > 0) {
            int read = in.read(sink, 0, (int) Math.min(left, sink.length));
            if (read < 0) {
                throw new IOException("cut off");
            }
            left -= read;
        }
        return length;
    }

    private static long skipChunks(InputStream in, byte[] sink) throws IOException {
        long total = 0;
        while (true) {
            long size = Long.parseLong(line(in).split(";", -1)[0].strip(), 16);
            total += skip(in, sink, size);
            line(in);
            if (size == 0) {
                return total;
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
