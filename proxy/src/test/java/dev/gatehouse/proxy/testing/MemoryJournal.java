package dev.gatehouse.proxy.testing;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.HandshakeRecord;
import dev.gatehouse.core.audit.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what was recorded, and lets a test wait for it. */
public final class MemoryJournal implements AuditJournal {
    private static final long WAIT_SECONDS_MAX = 10;

    private final BlockingQueue<RequestRecord> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<HandshakeRecord> handshakes = new LinkedBlockingQueue<>();

    @Override
    public long recordDurably(AuditRecord record) {
        record(record);
        return 0;
    }

    @Override
    public void record(AuditRecord record) {
        if (record instanceof RequestRecord request) {
            requests.add(request);
        } else if (record instanceof HandshakeRecord handshake) {
            handshakes.add(handshake);
        }
    }

    @Override
    public boolean accepting() {
        return true;
    }

    public RequestRecord nextRequest() throws InterruptedException {
        RequestRecord record = requests.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        if (record == null) {
            throw new AssertionError("no request was recorded");
        }
        return record;
    }

    public HandshakeRecord nextHandshake() throws InterruptedException {
        HandshakeRecord record = handshakes.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        if (record == null) {
            throw new AssertionError("no handshake was recorded");
        }
        return record;
    }

    public List<RequestRecord> requestsSoFar() {
        return new ArrayList<>(requests);
    }
}
