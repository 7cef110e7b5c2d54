package dev.gatehouse.proxy.git;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RequestCause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GzipInflaterTest {
    private static final InflateLimits LIMITS = new InflateLimits(1 << 20, 50, 10_000);
    private static final byte[] TEXT =
            "0032want 95d09f2b10159347eece71399a7e2e907ea3df4f\n0000".getBytes(StandardCharsets.US_ASCII);

    /** What came of one body. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Result(byte[] inflated, Optional<Failure> failure) {}

    @Test
    void inflatesWhateverTheChunksAre() {
        Random random = new Random(20260301);
        byte[] text = new byte[100_000];
        random.nextBytes(text);
        byte[] gzip = gzip(text);
        for (int size : new int[] {1, 7, 1000, gzip.length}) {
            Result result = inflate(gzip, size, LIMITS);
            assertThat(result.failure()).isEmpty();
            assertThat(result.inflated()).isEqualTo(text);
        }
    }

    @Test
    void readsOverTheOptionalFieldsOfAHeader() {
        byte[] header = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 'x', 'y', 'n', 0, 'c', 0, 9, 9};
        byte[] plain = gzip(TEXT);
        byte[] gzip = concatenated(header, Arrays.copyOfRange(plain, 10, plain.length));
        assertThat(inflate(gzip, 1, LIMITS).inflated()).isEqualTo(TEXT);
        assertThat(inflate(gzip, 1, LIMITS).failure()).isEmpty();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                row("empty", gzip -> new byte[0], "it ends in the middle"),
                row("not gzip", gzip -> TEXT, "its header is not that of gzip"),
                row("another method", gzip -> set(gzip, 2, 7), "its header is not that of gzip"),
                row("reserved flags", gzip -> set(gzip, 3, 0x20), "its header is not that of gzip"),
                row("a name that never ends", GzipInflaterTest::endlessName, "its header is not that of gzip"),
                row("only a header", gzip -> Arrays.copyOf(gzip, 10), "it ends in the middle"),
                row("cut in the data", gzip -> Arrays.copyOf(gzip, 20), "it ends in the middle"),
                row("cut in the trailer", gzip -> Arrays.copyOf(gzip, gzip.length - 1), "it ends in the middle"),
                row("damaged data", gzip -> set(gzip, 10, 0xff), "it is not valid deflate"),
                row("wrong checksum", gzip -> set(gzip, gzip.length - 8, gzip[gzip.length - 8] ^ 1), "its checksum"),
                row("wrong length", gzip -> set(gzip, gzip.length - 4, gzip[gzip.length - 4] ^ 1), "its checksum"),
                row("a second member", gzip -> concatenated(gzip, gzip), "something follows it"),
                row("a byte after it", gzip -> concatenated(gzip, new byte[1]), "something follows it"));
    }

    private static Arguments row(String name, UnaryOperator<byte[]> change, String detail) {
        return Arguments.of(name, change.apply(gzip(TEXT)), detail);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void refuses(String row, byte[] body, String detail) {
        for (int size : new int[] {1, Math.max(1, body.length)}) {
            assertThat(inflate(body, size, LIMITS).failure()).hasValueSatisfying(failure -> {
                assertThat(failure.cause()).isEqualTo(RequestCause.MALFORMED_REQUEST);
                assertThat(failure.message()).contains("the gzip body is damaged: " + detail);
            });
        }
    }

    @Test
    void refusesABombByItsRatioLongBeforeItsSize() {
        Result result = inflate(gzip(new byte[50 << 20]), 65_536, new InflateLimits(1L << 30, 100, 1 << 20));
        assertThat(result.failure()).map(Failure::cause).hasValue(RequestCause.INFLATED_TOO_LARGE);
        assertThat(result.inflated().length).isLessThan(6 << 20);
    }

    @Test
    void refusesWhatGrowsBeyondTheLimit() {
        byte[] noise = new byte[2 << 20];
        new Random(1).nextBytes(noise);
        Result result = inflate(gzip(noise), 65_536, LIMITS);
        assertThat(result.failure()).hasValue(RequestCause.INFLATED_TOO_LARGE.with("limit", Integer.toString(1 << 20)));
    }

    @Test
    void letsAShortBodyBeVeryRepetitive() {
        assertThat(inflate(gzip(new byte[9_000]), 65_536, LIMITS).failure()).isEmpty();
    }

    @FuzzTest
    void neverThrowsNorLeaks(FuzzedDataProvider data) {
        int size = data.consumeInt(1, 64);
        inflate(data.consumeRemainingAsBytes(), size, LIMITS);
    }

    @Test
    void answersForEveryDamage() {
        Random random = new Random(20260301);
        byte[] good = gzip(TEXT);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            Result result = inflate(damaged, 1 + random.nextInt(damaged.length), LIMITS);
            assertThat(result.failure().isPresent() || Arrays.equals(result.inflated(), TEXT))
                    .isTrue();
        }
    }

    private static Result inflate(byte[] body, int chunkBytes, InflateLimits limits) {
        ByteArrayOutputStream inflated = new ByteArrayOutputStream();
        try (GzipInflater inflater = new GzipInflater(limits)) {
            Optional<Failure> failure = Optional.empty();
            for (int from = 0; from < body.length && failure.isEmpty(); from += chunkBytes) {
                ByteBuf chunk = Unpooled.wrappedBuffer(body, from, Math.min(chunkBytes, body.length - from));
                failure = inflater.feed(chunk, UnpooledByteBufAllocator.DEFAULT, out -> {
                    byte[] bytes = new byte[out.readableBytes()];
                    out.readBytes(bytes);
                    inflated.writeBytes(bytes);
                    out.release();
                });
                chunk.release();
            }
            return new Result(inflated.toByteArray(), failure.or(inflater::end));
        }
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] endlessName(byte[] gzip) {
        byte[] name = new byte[8192];
        Arrays.fill(name, (byte) 'n');
        return concatenated(set(Arrays.copyOf(gzip, 10), 3, 8), name);
    }

    private static byte[] set(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
