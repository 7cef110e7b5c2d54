package dev.gatehouse.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However the bytes are cut on their way, the same messages come out. */
class MessageReaderTest {
    private static final int SCRATCH_BYTES = 1024;
    private static final int ROUNDS = 500;

    /** Writes down what is read, bodies joined. */
    private static final class Transcript implements MessageReader.Events {
        private final List<String> lines = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();

        @Override
        public long onHead(byte[] bytes, int end) throws MalformedHttpException {
            RequestLine line = HeadParser.request(bytes, end, 32);
            lines.add(line.method() + " " + line.target() + " " + line.headers().entries());
            return line.bodyLength();
        }

        @Override
        public void onBody(ByteBuf bytes) {
            body.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }

        @Override
        public void onMessageEnd() {
            lines.add("body " + body);
            body.setLength(0);
        }

        @Override
        public void onMalformed(MalformedHttpException problem) {
            lines.add("malformed " + problem.kind() + " " + problem.detail());
        }
    }

    private static List<String> read(byte[] bytes, List<Integer> cuts) {
        Transcript transcript = new Transcript();
        MessageReader reader = new MessageReader(transcript, UnpooledByteBufAllocator.DEFAULT, new byte[SCRATCH_BYTES]);
        int from = 0;
        for (int cut : cuts) {
            reader.feed(Unpooled.copiedBuffer(bytes, from, cut - from));
            from = cut;
        }
        reader.feed(Unpooled.copiedBuffer(bytes, from, bytes.length - from));
        reader.release();
        return transcript.lines;
    }

    private static final String STREAM = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
            + "\r\nPUT /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=\"y\"\r\nworld\r\n1\r\n!\r\n0\r\nA: b\r\n\r\n"
            + "GET /c HTTP/1.0\r\n\r\n";

    @Test
    void everyCutGivesTheSameMessages() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.ISO_8859_1);
        List<String> whole = read(bytes, List.of());
        assertThat(whole).hasSize(6).contains("body hello", "body world!", "body ");
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(read(bytes, List.of(cut))).as("cut at " + cut).isEqualTo(whole);
        }
        List<Integer> everywhere = new ArrayList<>();
        for (int cut = 1; cut < bytes.length; cut++) {
            everywhere.add(cut);
        }
        assertThat(read(bytes, everywhere)).isEqualTo(whole);
    }

    @Test
    void damagedMessagesReadTheSameHoweverTheyAreCut() {
        Random random = new Random(20261123);
        String alphabet = "\r\n\t :;,0123456789abcfGHTP/.\0\u00ff";
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder damaged = new StringBuilder(STREAM);
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(damaged.length());
                damaged.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] bytes = damaged.toString().getBytes(StandardCharsets.ISO_8859_1);
            int cut = 1 + random.nextInt(bytes.length - 1);
            assertThat(read(bytes, List.of(cut))).as(damaged.toString()).isEqualTo(read(bytes, List.of()));
        }
    }

    @FuzzTest
    void noBytesBreakTheReader(byte[] bytes) {
        if (bytes.length > 1) {
            assertThat(read(bytes, List.of(bytes.length / 2))).isEqualTo(read(bytes, List.of()));
        }
    }

    @Test
    void aPausedReaderKeepsWhatComes() {
        Transcript transcript = new Transcript();
        MessageReader reader = new MessageReader(transcript, UnpooledByteBufAllocator.DEFAULT, new byte[SCRATCH_BYTES]);
        reader.pause();
        reader.feed(Unpooled.copiedBuffer(STREAM, StandardCharsets.ISO_8859_1));
        assertThat(transcript.lines).isEmpty();
        assertThat(reader.holdsBytes()).isTrue();
        reader.resume();
        assertThat(transcript.lines).hasSize(6);
        assertThat(reader.holdsBytes()).isFalse();
        reader.release();
    }
}
