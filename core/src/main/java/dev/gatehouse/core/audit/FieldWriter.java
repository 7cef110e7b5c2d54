package dev.gatehouse.core.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Writes the fields of a record; the counterpart of {@link FieldReader}. */
final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    void octet(int value) {
        out.write(value);
    }

    void flag(boolean value) {
        out.write(value ? 1 : 0);
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
        out.writeBytes(value);
    }

    void raw(byte[] value) {
        out.writeBytes(value);
    }

    void time(Instant value) {
        number(value.getEpochSecond());
        number(value.getNano());
    }

    /** A part with its length, so that it can grow. */
    <T> void part(T value, BiConsumer<FieldWriter, T> fields) {
        FieldWriter inner = new FieldWriter();
        fields.accept(inner, value);
        bytes(inner.toBytes());
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
        return out.toByteArray();
    }

    private void unsigned(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
