package dev.gatehouse.proxy.git;

import dev.gatehouse.core.git.PushHead;
import dev.gatehouse.core.git.PushHeadParser;
import dev.gatehouse.core.git.PushHeadResult;
import dev.gatehouse.proxy.exchange.BodyInspector;
import dev.gatehouse.proxy.exchange.BodySink;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the head of a push back until it is known whole, then lets all of it pass, or nothing. What it holds is bounded by the parser's limits
 * and one chunk; the pack behind passes by reference.
 */
final class PushGate implements BodyInspector {

    private final PushHeadParser parser;
    private final PushJudge judge;
    private final List<ByteBuf> held = new ArrayList<>();
    private boolean open;
    private boolean refused;

    PushGate(PushHeadParser parser, PushJudge judge) {
        this.parser = parser;
        this.judge = judge;
    }

    @Override
    public void onChunk(ByteBuf chunk, BodySink out) {
        if (refused) {
            chunk.release();
        } else if (open) {
            out.pass(chunk);
        } else {
            held.add(chunk);
            read(chunk, out);
        }
    }

    private void read(ByteBuf chunk, BodySink out) {
        for (ByteBuffer part : chunk.nioBuffers()) {
            if (part.hasRemaining() && !open && !refused) {
                conclude(parser.feed(part), out);
            }
        }
    }

    @Override
    public void onEnd(BodySink out) {
        if (!open && !refused) {
            PushHeadResult result = parser.end();
            if (result instanceof PushHeadResult.Probe) {
                judge.probed();
                pass(false, out);
            } else {
                conclude(result, out);
            }
        }
        if (open) {
            out.end();
        }
    }

    @Override
    public void onAbort() {
        refused = true;
        held.forEach(ByteBuf::release);
        held.clear();
    }

    private void conclude(PushHeadResult result, BodySink out) {
        switch (result) {
            case PushHeadResult.More more -> {}
            case PushHeadResult.Complete(PushHead head) -> pass(judge.mayPass(head), out);
            case PushHeadResult.Probe probe -> {} // until the end has come: something may follow
            case PushHeadResult.Refused refusal -> {
                judge.malformed(refusal.failure(), parser.phase());
                pass(false, out);
            }
        }
    }

    private void pass(boolean permitted, BodySink out) {
        open = permitted;
        refused = !permitted;
        for (ByteBuf chunk : held) {
            if (permitted) {
                out.pass(chunk);
            } else {
                chunk.release();
            }
        }
        held.clear();
    }
}
