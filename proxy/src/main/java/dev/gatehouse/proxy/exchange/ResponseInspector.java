package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;

/** Sees the answer from upstream pass. One instance for one exchange, on its event loop. The defaults pass everything unchanged. */
public interface ResponseInspector extends BodyInspector {
    /**
     * The head came; nothing was sent downstream yet. Its headers may be changed (an inspector that will change the length removes
     * {@code Content-Length}).
     *
     * @return an answer to send instead; upstream's body is then thrown away
     */
    default Optional<Answer> onHead(ResponseHead head) {
        return Optional.empty();
    }

    @Override
    default void onChunk(ByteBuf chunk, BodySink out) {
        out.pass(chunk);
    }

    @Override
    default void onEnd(BodySink out) {
        out.end();
    }

    /**
     * The exchange is about to break off after its head was sent: the last chance to say why, in the protocol inside. Followed by
     * {@link #onAbort()}.
     *
     * @return bytes to send before the stream is ended abnormally
     */
    default Optional<ByteBuf> onBroken(Failure failure, ByteBufAllocator allocator) {
        return Optional.empty();
    }
}
