package dev.gatehouse.proxy.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.git.FailureText;
import dev.gatehouse.core.git.GitRefusal;
import dev.gatehouse.core.git.PktLineBoundary;
import dev.gatehouse.core.git.PktLineWriter;
import dev.gatehouse.core.git.SideBand;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proxy.exchange.Answer;
import dev.gatehouse.proxy.exchange.BodySink;
import dev.gatehouse.proxy.exchange.ResponseHead;
import dev.gatehouse.proxy.exchange.ResponseInspector;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Follows the answer to a Git POST, so that one which breaks off between two pkt-lines can end with the cause: on side-band 3 where the answer is
 * multiplexed, as {@code ERR} before that. Git prints either. Within a line nothing can be said any more.
 */
final class LastWords implements ResponseInspector {
    private static final int OK = 200;

    private final TraceId trace;
    private final String resultType;
    private final PktLineBoundary boundary = new PktLineBoundary();
    private boolean git;

    /** @param resultType the content type of an answer that is Git's */
    LastWords(TraceId trace, String resultType) {
        this.trace = trace;
        this.resultType = resultType;
    }

    @Override
    public Optional<Answer> onHead(ResponseHead head) {
        git = head.status() == OK
                && resultType.equals(head.headers().get("content-type"))
                && !head.headers().contains("content-encoding");
        return Optional.empty();
    }

    @Override
    public void onChunk(ByteBuf chunk, BodySink out) {
        if (git) {
            if (chunk.nioBufferCount() == 1) {
                boundary.feed(chunk.internalNioBuffer(chunk.readerIndex(), chunk.readableBytes()));
            } else {
                for (ByteBuffer part : chunk.nioBuffers()) {
                    boundary.feed(part);
                }
            }
        }
        out.pass(chunk);
    }

    @Override
    public Optional<ByteBuf> onBroken(Failure failure, ByteBufAllocator allocator) {
        boolean room = git
                && boundary.atBoundary()
                && !boundary.flushedLast()
                && boundary.firstByte() != SideBand.FATAL.number();
        return room ? Optional.of(Unpooled.wrappedBuffer(words(failure))) : Optional.empty();
    }

    private byte[] words(Failure failure) {
        boolean multiplexed =
                boundary.firstByte() == SideBand.DATA.number() || boundary.firstByte() == SideBand.PROGRESS.number();
        if (multiplexed) {
            return GitRefusal.lastWords(failure, Optional.of(trace));
        }
        String text = String.join("\n", FailureText.lines(failure, Optional.of(trace)));
        return new PktLineWriter().error(text).toBytes();
    }
}
