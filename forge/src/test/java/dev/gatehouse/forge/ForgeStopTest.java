package dev.gatehouse.forge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ForgeStopTest {
    @Test
    void a_request_that_runs_ends_before_the_forge_does() throws Exception {
        ForgeFixture fixture = ForgeFixture.start().withRepository("demo/hello");
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(fixture.socket()));
            write(
                    channel,
                    "POST /demo/hello.git/git-upload-pack HTTP/1.1\r\nHost: forge\r\nExpect: 100-continue\r\n"
                            + "Content-Type: application/x-git-upload-pack-request\r\nContent-Length: 4\r\n"
                            + "Gatehouse-Handover: " + ForgeFixture.handover("alice") + "\r\ntraceparent: "
                            + ForgeFixture.TRACEPARENT + "\r\n\r\n");
            byte[] goOn = Channels.newInputStream(channel).readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertThat(new String(goOn, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100");
            Thread stopping = Thread.ofVirtual().start(fixture::close);
            write(channel, "0000");
            String reply = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(reply).startsWith("HTTP/1.1 200").endsWith("0\r\n\r\n");
            stopping.join();
        }
        assertThat(Files.exists(fixture.socket())).isFalse();
    }

    private static void write(SocketChannel channel, String text) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
