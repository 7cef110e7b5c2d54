package dev.gatehouse.proxy.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RequestCause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates one gzip member (RFC 1952) that comes in chunks of any size, within {@link InflateLimits}. Exactly one member, with nothing after it:
 * more would be a second reading of the same body. One body, one thread. {@link #close} frees native memory.
 */
final class GzipInflater implements AutoCloseable {
    private static final int OUTPUT_BYTES = 16 * 1024;
    private static final int TRAILER_BYTES = 8;
    private static final long UNSIGNED_INT = 0xffff_ffffL;

    private final InflateLimits limits;
    private final GzipHeader header = new GzipHeader();
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long compressedBytes;
    private long inflatedBytes;
    private boolean closed;

    GzipInflater(InflateLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads all of {@code chunk}, whose owner stays the caller.
     *
     * @param out gets the inflated bytes, and owns them; it may close this
     * @return why the body cannot be taken; empty where it can so far
     */
    Optional<Failure> feed(ByteBuf chunk, ByteBufAllocator allocator, Consumer<ByteBuf> out) {
        compressedBytes += chunk.readableBytes();
        for (ByteBuffer part : chunk.nioBuffers()) {
            Optional<Failure> failure = closed ? Optional.empty() : feed(part, allocator, out);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /** The body has ended: why it cannot be taken; empty where it was whole. */
    Optional<Failure> end() {
        if (!inflater.finished() || trailer.hasRemaining()) {
            return damaged("it ends in the middle");
        }
        boolean whole = (trailer.getInt(0) & UNSIGNED_INT) == checksum.getValue()
                && (trailer.getInt(Integer.BYTES) & UNSIGNED_INT) == (inflatedBytes & UNSIGNED_INT);
        return whole ? Optional.empty() : damaged("its checksum is wrong");
    }

    @Override
    public void close() {
        closed = true;
        inflater.end();
    }

    private Optional<Failure> feed(ByteBuffer part, ByteBufAllocator allocator, Consumer<ByteBuf> out) {
        if (!header.read(part)) {
            return header.malformed() ? damaged("its header is not that of gzip") : Optional.empty();
        }
        if (!inflater.finished()) {
            inflater.setInput(part);
            Optional<Failure> failure = inflate(allocator, out);
            if (failure.isPresent() || closed || !inflater.finished()) {
                return failure;
            }
        }
        while (part.hasRemaining() && trailer.hasRemaining()) {
            trailer.put(part.get());
        }
        return part.hasRemaining() ? damaged("something follows it") : Optional.empty();
    }

    private Optional<Failure> inflate(ByteBufAllocator allocator, Consumer<ByteBuf> out) {
        while (!closed && !inflater.finished()) {
            ByteBuf inflated = allocator.buffer(OUTPUT_BYTES, OUTPUT_BYTES);
            int count;
            try {
                ByteBuffer target = inflated.internalNioBuffer(0, OUTPUT_BYTES);
                int start = target.position();
                count = inflater.inflate(target);
                checksum.update(target.position(start).limit(start + count));
            } catch (DataFormatException malformed) {
                inflated.release();
                return damaged("it is not valid deflate");
            }
            if (count == 0) {
                inflated.release();
                return inflater.needsDictionary() ? damaged("it needs a dictionary") : Optional.empty();
            }
            inflatedBytes += count;
            if (tooLarge()) {
                inflated.release();
                return Optional.of(
                        RequestCause.INFLATED_TOO_LARGE.with("limit", Long.toString(limits.inflatedBytesMax())));
            }
            out.accept(inflated.writerIndex(count));
        }
        return Optional.empty();
    }

    private boolean tooLarge() {
        boolean bomb = inflatedBytes > limits.ratioFreeBytes() && inflatedBytes / limits.ratioMax() > compressedBytes;
        return bomb || inflatedBytes > limits.inflatedBytesMax();
    }

    private static Optional<Failure> damaged(String detail) {
        return Optional.of(RequestCause.MALFORMED_REQUEST.with("detail", "the gzip body is damaged: " + detail));
    }
}
