package dev.gatehouse.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.WireCause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PktLineReaderTest {
    private static final byte[] SAMPLE = Pkts.stream("command=fetch\n", "0001", "", "want x", "0000", "bye", "0002");

    @Test
    void aLineThatLiesWholeInAChunkIsHandedOutWithoutACopy() {
        byte[] bytes = Pkts.stream("hello");
        PktLineReader reader = new PktLineReader();
        ByteBuffer chunk = ByteBuffer.wrap(bytes);
        assertThat(reader.next(chunk)).isEqualTo(PktLineReader.Token.DATA);
        bytes[4] = 'j';
        assertThat(Pkts.text(reader.payload())).isEqualTo("jello");
        assertThat(reader.next(chunk)).isEqualTo(PktLineReader.Token.MORE);
    }

    @Test
    void itStopsRightBehindALineAndLeavesTheRestOfTheChunk() {
        ByteBuffer chunk = Pkts.buffer("0000", "PACK");
        assertThat(new PktLineReader().next(chunk)).isEqualTo(PktLineReader.Token.FLUSH);
        assertThat(chunk.position()).isEqualTo(4);
    }

    @Test
    void theSameEventsComeWhereverTheStreamIsCutInTwo() {
        List<String> whole = events(List.of(SAMPLE));
        assertThat(whole)
                .containsExactly(
                        "DATA command=fetch\n",
                        "DELIMITER",
                        "DATA ",
                        "DATA want x",
                        "FLUSH",
                        "DATA bye",
                        "RESPONSE_END");
        for (int cut = 0; cut <= SAMPLE.length; cut++) {
            assertThat(events(cutAt(SAMPLE, cut))).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void theSameEventsComeHoweverRandomStreamsAreCut() {
        Random random = new Random(20260101);
        for (int round = 0; round < 300; round++) {
            byte[] stream = randomStream(random);
            List<byte[]> pieces = new ArrayList<>();
            for (int at = 0; at < stream.length; ) {
                int length = Math.min(stream.length - at, 1 + random.nextInt(200));
                pieces.add(Arrays.copyOfRange(stream, at, at + length));
                at += length;
            }
            assertThat(events(pieces)).isEqualTo(events(List.of(stream)));
        }
    }

    @Test
    void directBuffersAreReadLikeHeapBuffers() {
        ByteBuffer direct = ByteBuffer.allocateDirect(SAMPLE.length).put(SAMPLE).flip();
        PktLineReader reader = new PktLineReader();
        assertThat(reader.next(direct)).isEqualTo(PktLineReader.Token.DATA);
        assertThat(Pkts.text(reader.payload())).isEqualTo("command=fetch\n");
    }

    @Test
    void theLongestLineOfTheProtocolIsTaken() {
        byte[] bytes = new PktLineWriter()
                .data(new byte[PktLineWriter.CONTENT_BYTES_MAX])
                .toBytes();
        PktLineReader reader = new PktLineReader();
        assertThat(reader.next(ByteBuffer.wrap(bytes))).isEqualTo(PktLineReader.Token.DATA);
        assertThat(reader.payload().remaining()).isEqualTo(65_516);
    }

    @Test
    void itKnowsWhetherTheStreamMayEndHere() {
        PktLineReader reader = new PktLineReader();
        assertThat(reader.atBoundary()).isTrue();
        reader.next(ByteBuffer.wrap(new byte[] {'0', '0'}));
        assertThat(reader.atBoundary()).isFalse();
        reader.next(ByteBuffer.wrap(new byte[] {'0', '0'}));
        assertThat(reader.atBoundary()).isTrue();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of(
                        "<html><head>",
                        WireCause.PKT_LINE_MALFORMED,
                        "a pkt-line is malformed: its length is not four hex digits"),
                Arguments.of(
                        "00 5x",
                        WireCause.PKT_LINE_MALFORMED,
                        "a pkt-line is malformed: its length is not four hex digits"),
                Arguments.of(
                        "-001",
                        WireCause.PKT_LINE_MALFORMED,
                        "a pkt-line is malformed: its length is not four hex digits"),
                Arguments.of(
                        "0x0a",
                        WireCause.PKT_LINE_MALFORMED,
                        "a pkt-line is malformed: its length is not four hex digits"),
                Arguments.of(
                        "0003", WireCause.PKT_LINE_MALFORMED, "a pkt-line is malformed: there is no line of length 3"),
                Arguments.of("fff1", WireCause.PKT_LINE_TOO_LONG, "a pkt-line of 65521 bytes exceeds 65520"),
                Arguments.of("ffff", WireCause.PKT_LINE_TOO_LONG, "a pkt-line of 65535 bytes exceeds 65520"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedLineHasACauseAndStaysMalformed(String bytes, Cause cause, String message) {
        PktLineReader reader = new PktLineReader();
        ByteBuffer chunk = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.US_ASCII));
        assertThat(reader.next(chunk)).isEqualTo(PktLineReader.Token.MALFORMED);
        assertThat(reader.failure().cause()).isEqualTo(cause);
        assertThat(reader.failure().message()).isEqualTo(message);
        assertThat(reader.next(Pkts.buffer("0000"))).isEqualTo(PktLineReader.Token.MALFORMED);
    }

    static List<byte[]> cutAt(byte[] bytes, int cut) {
        return List.of(Arrays.copyOfRange(bytes, 0, cut), Arrays.copyOfRange(bytes, cut, bytes.length));
    }

    private static byte[] randomStream(Random random) {
        PktLineWriter out = new PktLineWriter();
        for (int i = 0; i < 20; i++) {
            switch (random.nextInt(5)) {
                case 0 -> out.flush();
                case 1 -> out.delimiter();
                default -> {
                    byte[] content = new byte[random.nextInt(700)];
                    random.nextBytes(content);
                    out.data(content);
                }
            }
        }
        return out.toBytes();
    }

    private static List<String> events(List<byte[]> pieces) {
        PktLineReader reader = new PktLineReader();
        List<String> events = new ArrayList<>();
        for (byte[] piece : pieces) {
            ByteBuffer chunk = ByteBuffer.wrap(piece);
            PktLineReader.Token token = reader.next(chunk);
            while (token != PktLineReader.Token.MORE) {
                assertThat(token).isNotEqualTo(PktLineReader.Token.MALFORMED);
                events.add(
                        token == PktLineReader.Token.DATA
                                ? "DATA " + StandardCharsets.ISO_8859_1.decode(reader.payload())
                                : token.name());
                token = reader.next(chunk);
            }
        }
        return events;
    }
}
