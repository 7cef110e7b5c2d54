package dev.gatehouse.core.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the fields of a record from untrusted bytes. Counts and lengths are checked against what is left before anything is allocated. */
final class FieldReader {
    private static final int VARINT_BITS_MAX = 64;
    private static final int NANOS_MAX = 999_999_999;

    private final ByteBuffer in;

    FieldReader(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    private FieldReader(ByteBuffer in) {
        this.in = in;
    }

    int octet() {
        if (!in.hasRemaining()) {
            throw new MalformedFieldException("it ends too early");
        }
        return in.get() & 0xff;
    }

    boolean flag() {
        int value = octet();
        if (value > 1) {
            throw new MalformedFieldException("a flag is " + value);
        }
        return value == 1;
    }

    long number() {
        long zigzag = unsigned();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    int integer() {
        long value = number();
        if (value != (int) value) {
            throw new MalformedFieldException("a number is out of range");
        }
        return (int) value;
    }

    String text() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedFieldException("a text is not UTF-8");
        }
    }

    byte[] bytes() {
        ByteBuffer slice = slice();
        byte[] copy = new byte[slice.remaining()];
        slice.get(copy);
        return copy;
    }

    long fixed64() {
        if (in.remaining() < Long.BYTES) {
            throw new MalformedFieldException("it ends too early");
        }
        return in.getLong();
    }

    Instant time() {
        long seconds = number();
        long nanos = number();
        if (nanos < 0 || nanos > NANOS_MAX) {
            throw new MalformedFieldException("a time is out of range");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** A part; what a later version appended to it is skipped. */
    <T> T part(Function<FieldReader, T> fields) {
        return fields.apply(new FieldReader(slice()));
    }

    <T> Optional<T> optional(Function<FieldReader, T> fields) {
        return flag() ? Optional.of(part(fields)) : Optional.empty();
    }

    <T> List<T> list(Function<FieldReader, T> fields) {
        int count = count();
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(part(fields));
        }
        return values;
    }

    Map<String, String> map() {
        int count = count();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = text();
            if (values.put(key, text()) != null) {
                throw new MalformedFieldException("a key stands there twice");
            }
        }
        return values;
    }

    /** Each element takes a byte at least, so no count can be more than what is left. */
    private int count() {
        long count = unsigned();
        if (count < 0 || count > in.remaining()) {
            throw new MalformedFieldException("a count exceeds what follows");
        }
        return (int) count;
    }

    private ByteBuffer slice() {
        int length = count();
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    private long unsigned() {
        long value = 0;
        for (int shift = 0; shift < VARINT_BITS_MAX; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        throw new MalformedFieldException("a number is too long");
    }
}
