package dev.gatehouse.proxy.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 client that sends whatever it is told, one stream a connection: frames by hand, headers as plain literals. */
public final class RawHttp2 implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final OutputStream out;

    public RawHttp2(int port, X509Certificate root) throws IOException {
        socket = (SSLSocket)
                TestClients.tls(root, Optional.empty()).getSocketFactory().createSocket("localhost", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** Sends a head on stream 1: name, value, name, value. */
    public void headers(boolean endStream, String... lines) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String text : lines) {
            if (text.length() > 120) {
                throw new IllegalArgumentException("too long for a one-byte length");
            }
        }
        for (int i = 0; i < lines.length; i += 2) {
            block.write(0);
            literal(block, lines[i]);
            literal(block, lines[i + 1]);
        }
        frame(HEADERS, END_HEADERS | (endStream ? END_STREAM : 0), 1, block.toByteArray());
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes of the body on stream 1. */
    public void data(boolean endStream, String text) throws IOException {
        frame(DATA, endStream ? END_STREAM : 0, 1, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(stream >> shift);
        }
        frame.writeBytes(payload);
        out.write(frame.toByteArray());
        out.flush();
    }

    /** What came of stream 1: a status, or {@code reset N}, or {@code goaway N}, or {@code closed}. */
    public String outcome() throws IOException {
        try {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                in.readUnsignedByte();
                in.readInt();
                byte[] payload = in.readNBytes(length);
                if (type == HEADERS) {
                    return status(payload);
                }
                if (type == RESET) {
                    return "reset " + number(payload, 0);
                }
                if (type == GO_AWAY) {
                    return "goaway " + number(payload, 4);
                }
            }
        } catch (EOFException closed) {
            return "closed";
        }
    }

    private static String status(byte[] block) {
        ByteBuf bytes = Unpooled.wrappedBuffer(block);
        try {
            return String.valueOf(
                    new DefaultHttp2HeadersDecoder().decodeHeaders(1, bytes).status());
        } catch (Http2Exception malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static int number(byte[] payload, int at) {
        return (payload[at] & 0xff) << 24
                | (payload[at + 1] & 0xff) << 16
                | (payload[at + 2] & 0xff) << 8
                | (payload[at + 3] & 0xff);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
