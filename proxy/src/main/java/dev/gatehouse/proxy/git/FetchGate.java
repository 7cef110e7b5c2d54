package dev.gatehouse.proxy.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.git.FetchRequestParser;
import dev.gatehouse.core.git.FetchResult;
import dev.gatehouse.proxy.exchange.BodyInspector;
import dev.gatehouse.proxy.exchange.BodySink;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Checks a POST to git-upload-pack while it passes, and passes nothing on from where it is refused. */
final class FetchGate implements BodyInspector {
    private final FetchRequestParser parser;
    private final Consumer<Failure> refuse;
    private boolean refused;

    FetchGate(FetchRequestParser parser, Consumer<Failure> refuse) {
        this.parser = parser;
        this.refuse = refuse;
    }

    @Override
    public void onChunk(ByteBuf chunk, BodySink out) {
        for (ByteBuffer part : chunk.nioBuffers()) {
            if (!refused && parser.feed(part) instanceof FetchResult.Refused(Failure failure)) {
                fail(failure);
            }
        }
        if (refused) {
            chunk.release();
        } else {
            out.pass(chunk);
        }
    }

    @Override
    public void onEnd(BodySink out) {
        if (refused) {
            return;
        }
        switch (parser.end()) {
            case FetchResult.Refused(Failure failure) -> fail(failure);
            case FetchResult.More more -> out.end();
            case FetchResult.Complete complete -> out.end();
        }
    }

    private void fail(Failure failure) {
        refused = true;
        refuse.accept(failure);
    }
}
