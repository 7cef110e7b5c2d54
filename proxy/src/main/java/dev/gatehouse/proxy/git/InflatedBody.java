package dev.gatehouse.proxy.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.proxy.exchange.BodyInspector;
import dev.gatehouse.proxy.exchange.BodySink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import java.util.function.Consumer;

/** Inflates a gzip body in front of another inspector, so that what is inspected and forwarded are the inflated bytes. */
final class InflatedBody implements BodyInspector {
    private final GzipInflater inflater;
    private final ByteBufAllocator allocator;
    private final BodyInspector inspector;
    private final Consumer<Failure> refuse;
    private boolean over;

    InflatedBody(InflateLimits limits, ByteBufAllocator allocator, BodyInspector inspector, Consumer<Failure> refuse) {
        this.inflater = new GzipInflater(limits);
        this.allocator = allocator;
        this.inspector = inspector;
        this.refuse = refuse;
    }

    @Override
    public void onChunk(ByteBuf chunk, BodySink out) {
        try {
            if (!over) {
                inflater.feed(chunk, allocator, inflated -> inspector.onChunk(inflated, out))
                        .ifPresent(this::fail);
            }
        } finally {
            chunk.release();
        }
    }

    @Override
    public void onEnd(BodySink out) {
        if (over) {
            return;
        }
        Optional<Failure> failure = inflater.end();
        if (failure.isPresent()) {
            fail(failure.get());
        } else {
            finish();
            inspector.onEnd(out);
        }
    }

    @Override
    public void onAbort() {
        finish();
        inspector.onAbort();
    }

    private void fail(Failure failure) {
        finish();
        refuse.accept(failure);
    }

    private void finish() {
        if (!over) {
            over = true;
            inflater.close();
        }
    }
}
