package dev.gatehouse.core.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Writes the fields of a record; the counterpart of {@link FieldReader}. One array for a record and all its parts: every request writes one on an
 * event loop.
 */
final class FieldWriter {
    private static final int BYTES_USUAL = 512;
    private static final int VARINT_BYTES_MAX = 10;

    private byte[] out = new byte[BYTES_USUAL];
    private int length;

    void octet(int value) {
        room(1);
        out[length++] = (byte) value;
    }

    void flag(boolean value) {
        octet(value ? 1 : 0);
    }

    /** Zigzag varint: small numbers of either sign are short. */
    void number(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] value) {
        unsigned(value.length);
        raw(value);
    }

    void raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, out, length, value.length);
        length += value.length;
    }

    void time(Instant value) {
        number(value.getEpochSecond());
        number(value.getNano());
    }

    /** A part with its length, so that it can grow. The length is known afterwards, and the part makes room for it. */
    <T> void part(T value, BiConsumer<FieldWriter, T> fields) {
        int start = length;
        fields.accept(this, value);
        int size = length - start;
        int sizeBytes = varintBytes(size);
        room(sizeBytes);
        System.arraycopy(out, start, out, start + sizeBytes, size);
        length = start;
        unsigned(size);
        length += size;
    }

    <T> void optional(Optional<T> value, BiConsumer<FieldWriter, T> fields) {
        flag(value.isPresent());
        value.ifPresent(present -> part(present, fields));
    }

    <T> void list(List<T> values, BiConsumer<FieldWriter, T> fields) {
        unsigned(values.size());
        for (T value : values) {
            part(value, fields);
        }
    }

    /** In the order of the keys, so that equal records have equal bytes. */
    void map(Map<String, String> values) {
        unsigned(values.size());
        new TreeMap<>(values).forEach((key, value) -> {
            text(key);
            text(value);
        });
    }

    byte[] toBytes() {
        return Arrays.copyOf(out, length);
    }

    private void unsigned(long value) {
        room(VARINT_BYTES_MAX);
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out[length++] = (byte) ((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out[length++] = (byte) left;
    }

    private static int varintBytes(int value) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    private void room(int bytes) {
        if (out.length - length < bytes) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, Math.addExact(length, bytes)));
        }
    }
}
