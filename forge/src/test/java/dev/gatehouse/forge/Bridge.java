package dev.gatehouse.forge;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Stands where the sidecar stands: takes HTTP from the real git, adds the handover, one request a connection. */
final class Bridge implements AutoCloseable {
    private final ServerSocket listener;
    private final Path socket;
    private final String caller;

    Bridge(Path socket, String caller) throws IOException {
        this.socket = socket;
        this.caller = caller;
        this.listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url(String path) {
        return "http://127.0.0.1:" + listener.getLocalPort() + path;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client;
                SocketChannel forge = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            forge.connect(UnixDomainSocketAddress.of(socket));
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = Channels.newOutputStream(forge);
            out.write(head(in).getBytes(StandardCharsets.ISO_8859_1));
            Thread upward = Thread.ofVirtual().start(() -> pump(in, out));
            pump(Channels.newInputStream(forge), client.getOutputStream());
            client.shutdownOutput();
            upward.interrupt();
        } catch (IOException over) {
            // Whoever is left sees its connection end.
        }
    }

    private String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, text.length() - 2) + "Gatehouse-Handover: " + ForgeFixture.handover(caller)
                + "\r\ntraceparent: " + ForgeFixture.TRACEPARENT + "\r\nConnection: close\r\n\r\n";
    }

    private static void pump(InputStream from, OutputStream to) {
        try {
            from.transferTo(to);
        } catch (IOException over) {
            // Whoever is left sees its connection end.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
