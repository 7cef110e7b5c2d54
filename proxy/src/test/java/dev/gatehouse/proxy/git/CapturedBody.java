package dev.gatehouse.proxy.git;

import dev.gatehouse.proxy.exchange.BodySink;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/** What an inspector has passed on. */
public final class CapturedBody implements BodySink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    @Override
    public void pass(ByteBuf passed) {
        byte[] copy = new byte[passed.readableBytes()];
        passed.readBytes(copy);
        bytes.writeBytes(copy);
        passed.release();
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    public boolean ended() {
        return ended;
    }
}
