package dev.gatehouse.proxy.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Cuts one connection's bytes into messages: heads, and bodies by reference. On the connection's event loop alone.
 *
 * <p>While paused it parses nothing; what comes meanwhile is kept, and {@link #holdsBytes()} tells the connection to stop reading. Events may pause,
 * resume or close from inside: the loop looks again after each.
 */
public final class MessageReader {
    /** What was read. */
    public interface Events {
        /**
         * A complete head.
         *
         * @param bytes shared scratch space: copy what is needed
         * @param end after the empty line
         * @return the length of the body that follows: see {@link BodyLength}
         */
        long onHead(byte[] bytes, int end) throws MalformedHttpException;

        /** Bytes of the body; the callee owns them now. */
        void onBody(ByteBuf bytes);

        /** The message is complete. */
        void onMessageEnd();

        /** Nothing more can be read from this connection. */
        void onMalformed(MalformedHttpException problem);
    }

    private enum State {
        HEAD,
        FIXED,
        UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER,
        DEAD
    }

    /** Size and extensions of one chunk. */
    private static final int CHUNK_LINE_LENGTH_MAX = 256;
    /** Empty lines that a client may send before a request line (RFC 9112, section 2.2), in bytes. */
    private static final int LEADING_BYTES_MAX = 4;

    private static final int CHUNK_DIGITS_MAX = 15;

    private final Events events;
    private final ByteBufAllocator allocator;
    private final byte[] scratch;
    private ByteBuf stored = Unpooled.EMPTY_BUFFER;
    private State state = State.HEAD;
    private long remaining;
    private int scanned;
    private int leading;
    private int trailerBytes;
    private boolean paused;
    private boolean looping;

    /**
     * @param scratch room for the largest head taken; may be shared by all readers of one event loop
     */
    public MessageReader(Events events, ByteBufAllocator allocator, byte[] scratch) {
        this.events = events;
        this.allocator = allocator;
        this.scratch = scratch;
    }

    /** Takes {@code in}, and parses as far as it may. */
    public void feed(ByteBuf in) {
        if (state == State.DEAD) {
            in.release();
            return;
        }
        stored = stored.isReadable()
                ? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, stored, in)
                : replace(in);
        parse();
    }

    private ByteBuf replace(ByteBuf in) {
        stored.release();
        return in;
    }

    /** Parses no further. */
    public void pause() {
        paused = true;
    }

    /** Parses what is kept. */
    public void resume() {
        paused = false;
        parse();
    }

    /** Whether it is paused. */
    public boolean paused() {
        return paused;
    }

    /** Whether it is between two messages. */
    public boolean betweenMessages() {
        return state == State.HEAD;
    }

    /** Whether bytes are kept that were not parsed. */
    public boolean holdsBytes() {
        return stored.isReadable();
    }

    /** The connection's input ended. Returns whether that was a proper end of what was being read. */
    public boolean inputClosed() {
        if (state == State.UNTIL_CLOSE) {
            state = State.HEAD;
            events.onMessageEnd();
            return true;
        }
        return state == State.HEAD && !stored.isReadable();
    }

    /** Drops what is kept, and reads nothing more. */
    public void release() {
        state = State.DEAD;
        stored.release();
        stored = Unpooled.EMPTY_BUFFER;
    }

    private void parse() {
        if (looping) {
            return;
        }
        looping = true;
        try {
            while (!paused && state != State.DEAD && stored.isReadable() && step()) {}
        } catch (MalformedHttpException problem) {
            release();
            events.onMalformed(problem);
        } finally {
            looping = false;
        }
        if (!stored.isReadable()) {
            // Releasing the empty constant does nothing.
            stored.release();
            stored = Unpooled.EMPTY_BUFFER;
        }
    }

    /** One step; false where more bytes are needed. */
    private boolean step() throws MalformedHttpException {
        return switch (state) {
            case HEAD -> head();
            case FIXED -> {
                remaining -= passAtMost(remaining);
                if (remaining == 0) {
                    end();
                }
                yield true;
            }
            case UNTIL_CLOSE -> {
                passAtMost(Long.MAX_VALUE);
                yield true;
            }
            case CHUNK_SIZE -> chunkSize();
            case CHUNK_DATA -> {
                remaining -= passAtMost(remaining);
                if (remaining == 0 && state == State.CHUNK_DATA) {
                    state = State.CHUNK_END;
                }
                yield true;
            }
            case CHUNK_END -> chunkEnd();
            case TRAILER -> trailer();
            case DEAD -> false;
        };
    }

    private void end() {
        if (state != State.DEAD) {
            state = State.HEAD;
            scanned = 0;
            leading = 0;
            events.onMessageEnd();
        }
    }

    private int passAtMost(long most) {
        int readable = stored.readableBytes();
        ByteBuf bytes;
        if (readable <= most) {
            bytes = stored;
            stored = Unpooled.EMPTY_BUFFER;
        } else {
            readable = (int) most;
            bytes = stored.readRetainedSlice(readable);
        }
        events.onBody(bytes);
        return readable;
    }

    private boolean head() throws MalformedHttpException {
        if (scanned == 0) {
            skipLeadingLines();
        }
        int start = stored.readerIndex();
        int writer = stored.writerIndex();
        int from = start + scanned;
        while (true) {
            int lineFeed = stored.indexOf(from, writer, (byte) '\n');
            if (lineFeed < 0 || lineFeed + 2 >= writer) {
                boolean emptyLineNext = lineFeed >= 0;
                scanned = (emptyLineNext ? lineFeed : writer) - start;
                limitHead(writer - start);
                return false;
            }
            if (stored.getByte(lineFeed + 1) == '\r' && stored.getByte(lineFeed + 2) == '\n') {
                completeHead(lineFeed + 3 - start);
                return true;
            }
            from = lineFeed + 1;
        }
    }

    private void skipLeadingLines() throws MalformedHttpException {
        while (stored.isReadable()) {
            byte next = stored.getByte(stored.readerIndex());
            if (next != '\r' && next != '\n') {
                return;
            }
            if (++leading > LEADING_BYTES_MAX || (next == '\r') != (leading % 2 == 1)) {
                throw MalformedHttpException.syntax("empty lines before the request");
            }
            stored.skipBytes(1);
        }
    }

    private void limitHead(int length) throws MalformedHttpException {
        if (length > scratch.length) {
            throw new MalformedHttpException(
                    MalformedHttpException.Kind.TOO_LARGE, "", "the head exceeds " + scratch.length + " bytes");
        }
    }

    private void completeHead(int length) throws MalformedHttpException {
        limitHead(length);
        stored.readBytes(scratch, 0, length);
        scanned = 0;
        // What follows must be known before the event, which may pause or close; the event is what knows it.
        long bodyLength = events.onHead(scratch, length);
        if (state == State.DEAD) {
            return;
        }
        if (bodyLength == BodyLength.CHUNKED) {
            state = State.CHUNK_SIZE;
            trailerBytes = 0;
        } else if (bodyLength == BodyLength.UNTIL_CLOSE) {
            state = State.UNTIL_CLOSE;
        } else if (bodyLength > 0) {
            state = State.FIXED;
            remaining = bodyLength;
        } else if (bodyLength == 0) {
            end();
        }
    }

    private boolean chunkSize() throws MalformedHttpException {
        int lineFeed = lineEnd(CHUNK_LINE_LENGTH_MAX, "a chunk's size line is too long");
        if (lineFeed < 0) {
            return false;
        }
        long size = 0;
        int digits = 0;
        int at = stored.readerIndex();
        int end = lineFeed - 1;
        for (; at < end; at++) {
            int digit = Character.digit(stored.getByte(at), 16);
            if (digit < 0) {
                break;
            }
            size = size * 16 + digit;
            if (++digits > CHUNK_DIGITS_MAX) {
                throw MalformedHttpException.syntax("a chunk's size is too large");
            }
        }
        if (digits == 0 || (at < end && stored.getByte(at) != ';')) {
            throw MalformedHttpException.syntax("a chunk's size is not a hexadecimal number");
        }
        checkText(at, end);
        stored.readerIndex(lineFeed + 1);
        remaining = size;
        state = size == 0 ? State.TRAILER : State.CHUNK_DATA;
        return true;
    }

    private boolean chunkEnd() throws MalformedHttpException {
        if (stored.readableBytes() < 2) {
            return false;
        }
        if (stored.readByte() != '\r' || stored.readByte() != '\n') {
            throw MalformedHttpException.syntax("a chunk is longer than its size");
        }
        state = State.CHUNK_SIZE;
        return true;
    }

    /** Trailers are checked, and dropped: nothing here may be said after the head. */
    private boolean trailer() throws MalformedHttpException {
        int lineFeed = lineEnd(scratch.length, "the trailer is too long");
        if (lineFeed < 0) {
            return false;
        }
        int length = lineFeed + 1 - stored.readerIndex();
        checkText(stored.readerIndex(), lineFeed - 1);
        trailerBytes += length;
        if (trailerBytes > scratch.length) {
            throw new MalformedHttpException(
                    MalformedHttpException.Kind.TOO_LARGE, "", "the trailer exceeds " + scratch.length + " bytes");
        }
        stored.skipBytes(length);
        if (length == 2) {
            end();
        }
        return true;
    }

    /** The index of the next line feed, which must follow a carriage return; -1 where it has not come. */
    private int lineEnd(int lengthMax, String tooLong) throws MalformedHttpException {
        int start = stored.readerIndex();
        int lineFeed = stored.indexOf(start, stored.writerIndex(), (byte) '\n');
        int length = (lineFeed < 0 ? stored.writerIndex() : lineFeed) - start;
        if (length > lengthMax) {
            throw MalformedHttpException.syntax(tooLong);
        }
        if (lineFeed >= 0 && (length == 0 || stored.getByte(lineFeed - 1) != '\r')) {
            throw MalformedHttpException.syntax("a line does not end in CR LF");
        }
        return lineFeed;
    }

    private void checkText(int from, int to) throws MalformedHttpException {
        for (int at = from; at < to; at++) {
            int c = stored.getByte(at) & 0xff;
            if ((c < 0x20 && c != '\t') || c == 0x7f) {
                throw MalformedHttpException.syntax("a control character between chunks");
            }
        }
    }
}
