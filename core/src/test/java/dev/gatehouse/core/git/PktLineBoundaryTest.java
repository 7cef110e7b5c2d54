package dev.gatehouse.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PktLineBoundaryTest {
    private static final byte[] ANSWER = Pkts.stream("packfile\n", "\1PACK....", "\2counting", "0000");

    @Test
    void itAgreesWithTheReaderAfterEveryByte() {
        PktLineBoundary boundary = new PktLineBoundary();
        PktLineReader reader = new PktLineReader();
        for (byte octet : ANSWER) {
            ByteBuffer one = ByteBuffer.wrap(new byte[] {octet});
            boundary.feed(one);
            while (reader.next(one) != PktLineReader.Token.MORE) {
                assertThat(reader.atBoundary()).isTrue();
            }
            assertThat(boundary.atBoundary()).isEqualTo(reader.atBoundary());
        }
        assertThat(boundary.flushedLast()).isTrue();
    }

    @Test
    void itLeavesTheChunkAsItIs() {
        ByteBuffer chunk = ByteBuffer.wrap(ANSWER);
        new PktLineBoundary().feed(chunk);
        assertThat(chunk.remaining()).isEqualTo(ANSWER.length);
    }

    @Test
    void thereIsNoBoundaryInWhatIsNotPktLines() {
        PktLineBoundary boundary = new PktLineBoundary();
        boundary.feed(ByteBuffer.wrap("PACK0000".getBytes(StandardCharsets.US_ASCII)));
        assertThat(boundary.atBoundary()).isFalse();
    }
}
