package dev.gatehouse.control.audit;

import dev.gatehouse.core.trace.TraceId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Requests that went well, as one row: their records deflated together, and the first four bytes of each trace to search by without inflating.
 * A trace ID is random, so these tell apart well enough; what they find is checked against the record itself.
 */
final class CompactBatch {
    private static final int TRACE_DIGEST_BYTES = Integer.BYTES;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final List<Item> items = new ArrayList<>();
    private final ByteArrayOutputStream traces = new ByteArrayOutputStream();
    private Instant firstTime = Instant.MAX;
    private Instant lastTime = Instant.MIN;

    /**
     * One record.
     *
     * @param offset of its sequence from the shipped batch's first
     * @param record its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Item(int offset, byte[] record) {}

    void add(int offset, byte[] record, RecordSummary summary) {
        items.add(new Item(offset, record));
        summary.trace().ifPresent(trace -> traces.writeBytes(digest(trace)));
        firstTime = summary.time().isBefore(firstTime) ? summary.time() : firstTime;
        lastTime = summary.time().isAfter(lastTime) ? summary.time() : lastTime;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    Instant firstTime() {
        return firstTime;
    }

    Instant lastTime() {
        return lastTime;
    }

    byte[] traces() {
        return traces.toByteArray();
    }

    byte[] compressed() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        // Every request passes through here. The records of one batch are much alike: the fastest level finds nearly
        // all of that.
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out =
                new DataOutputStream(new DeflaterOutputStream(compressed, deflater, BUFFER_BYTES))) {
            for (Item item : items) {
                out.writeInt(item.offset());
                out.writeInt(item.record().length);
                out.write(item.record());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }

    static List<Item> items(byte[] compressed, int count) {
        List<Item> items = new ArrayList<>(count);
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(compressed)))) {
            for (int i = 0; i < count; i++) {
                int offset = in.readInt();
                items.add(new Item(offset, in.readNBytes(in.readInt())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return items;
    }

    static boolean mayHold(byte[] traces, TraceId trace) {
        int wanted = ByteBuffer.wrap(digest(trace)).getInt();
        ByteBuffer held = ByteBuffer.wrap(traces);
        while (held.remaining() >= TRACE_DIGEST_BYTES) {
            if (held.getInt() == wanted) {
                return true;
            }
        }
        return false;
    }

    private static byte[] digest(TraceId trace) {
        return ByteBuffer.allocate(TRACE_DIGEST_BYTES)
                .putInt((int) (trace.high() >>> Integer.SIZE))
                .array();
    }
}
