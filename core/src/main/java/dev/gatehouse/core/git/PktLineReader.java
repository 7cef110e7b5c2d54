package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.WireCause;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into pkt-lines (gitprotocol-common, "pkt-line Format"), fed in chunks of any size. One stream, one thread. A line that
 * lies whole in a chunk is handed out as a view of it; only a line across chunks is copied.
 *
 * <pre>
 * while (true) {
 *     switch (reader.next(chunk)) {
 *         case MORE -> return;            // chunk is used up
 *         case DATA -> use(reader.payload());
 *         ...
 * </pre>
 */
public final class PktLineReader {
    /** What {@link #next} met. */
    public enum Token {
        /** The chunk is used up; feed the next one. */
        MORE,
        /** A line with content, possibly none ({@code 0004}): see {@link #payload()}. */
        DATA,
        /** {@code 0000}. */
        FLUSH,
        /** {@code 0001}. */
        DELIMITER,
        /** {@code 0002}. */
        RESPONSE_END,
        /** Not a pkt-line: see {@link #failure()}. Stays so for all further calls. */
        MALFORMED
    }

    /** The longest line that the protocol knows, its four digits included. */
    public static final int LINE_BYTES_MAX = 65_520;

    static final int HEADER_BYTES = 4;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int FIRST_CAPACITY_BYTES = 512;

    private final int lineBytesMax;
    private int header;
    private int headerDigits;
    private int partialLength;
    private byte[] partial = new byte[0];
    private @Nullable ByteBuffer source;
    private ByteBuffer view = NOTHING;
    private ByteBuffer payload = NOTHING;
    private long consumedBytes;
    private @Nullable Failure failure;

    /** A reader with the protocol's own limit. */
    public PktLineReader() {
        this(LINE_BYTES_MAX);
    }

    /** A reader that takes lines of at most {@code lineBytesMax}, their four digits included. */
    public PktLineReader(int lineBytesMax) {
        this.lineBytesMax = lineBytesMax;
    }

    /** Reads on from {@code chunk}'s position, and moves it behind what was met. */
    public Token next(ByteBuffer chunk) {
        if (failure != null) {
            return Token.MALFORMED;
        }
        payload = NOTHING;
        while (headerDigits < HEADER_BYTES) {
            if (!chunk.hasRemaining()) {
                return more();
            }
            int digit = Character.digit((char) (chunk.get() & 0xff), 16);
            consumedBytes++;
            if (digit < 0) {
                return malformed(WireCause.PKT_LINE_MALFORMED.with("detail", "its length is not four hex digits"));
            }
            header = (header << 4) | digit;
            headerDigits++;
        }
        return header < HEADER_BYTES ? special() : data(chunk);
    }

    /** The content of the line that was met; valid until the next call, and empty after anything else. */
    public ByteBuffer payload() {
        return payload;
    }

    /** Why the stream is malformed; only after {@link Token#MALFORMED}. */
    public Failure failure() {
        if (failure == null) {
            throw new IllegalStateException("nothing is malformed");
        }
        return failure;
    }

    /** Whether the stream could end here: no line is half read. */
    public boolean atBoundary() {
        return failure == null && headerDigits == 0;
    }

    /** All bytes taken so far. */
    public long consumedBytes() {
        return consumedBytes;
    }

    private Token special() {
        int kind = header;
        startLine();
        return switch (kind) {
            case 0 -> Token.FLUSH;
            case 1 -> Token.DELIMITER;
            case 2 -> Token.RESPONSE_END;
            default -> malformed(WireCause.PKT_LINE_MALFORMED.with("detail", "there is no line of length 3"));
        };
    }

    private Token data(ByteBuffer chunk) {
        if (header > lineBytesMax) {
            return malformed(WireCause.PKT_LINE_TOO_LONG.with(
                    "length", Integer.toString(header), "limit", Integer.toString(lineBytesMax)));
        }
        int wanted = header - HEADER_BYTES;
        int available = chunk.remaining();
        if (partialLength == 0 && available >= wanted) {
            payload = viewOf(chunk, wanted);
            chunk.position(chunk.position() + wanted);
            consumedBytes += wanted;
            startLine();
            return Token.DATA;
        }
        int taken = Math.min(available, wanted - partialLength);
        ensureCapacity(partialLength + taken, wanted);
        chunk.get(partial, partialLength, taken);
        consumedBytes += taken;
        partialLength += taken;
        if (partialLength < wanted) {
            return more();
        }
        payload = ByteBuffer.wrap(partial, 0, wanted);
        startLine();
        return Token.DATA;
    }

    /** Lets go of the chunk, which may be reused or released after this. */
    private Token more() {
        source = null;
        view = NOTHING;
        return Token.MORE;
    }

    private void startLine() {
        header = 0;
        headerDigits = 0;
        partialLength = 0;
    }

    /** One view serves all lines of a chunk; the same chunk means the same object, whatever its content. */
    @SuppressWarnings("ReferenceEquality")
    private ByteBuffer viewOf(ByteBuffer chunk, int length) {
        if (source != chunk) {
            source = chunk;
            view = chunk.duplicate();
        }
        view.limit(chunk.position() + length).position(chunk.position());
        return view;
    }

    /** Grows with what came, not with what was announced, so that an announcement alone costs no memory. */
    private void ensureCapacity(int needed, int wanted) {
        if (partial.length < needed) {
            int doubled = Math.max(FIRST_CAPACITY_BYTES, Math.max(needed, partial.length * 2));
            partial = Arrays.copyOf(partial, Math.max(needed, Math.min(doubled, wanted)));
        }
    }

    private Token malformed(Failure why) {
        failure = why;
        return Token.MALFORMED;
    }
}
