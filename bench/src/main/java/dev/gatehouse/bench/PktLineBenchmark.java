package dev.gatehouse.bench;

import dev.gatehouse.core.git.FetchLimits;
import dev.gatehouse.core.git.FetchRequestParser;
import dev.gatehouse.core.git.FetchResult;
import dev.gatehouse.core.git.GitProtocolVersion;
import dev.gatehouse.core.git.PktLineBoundary;
import dev.gatehouse.core.git.PktLineReader;
import dev.gatehouse.core.git.PktLineWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What reading pkt-lines costs: a fetch request of 1,000 haves (50 KB), and 1 MiB of side-band answer in chunks of 64 KiB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PktLineBenchmark {
    private static final int HAVES = 1_000;
    private static final int CHUNK_BYTES = 64 << 10;
    private static final int ANSWER_BYTES = 1 << 20;

    private final ByteBuffer request = ByteBuffer.wrap(fetchRequest());
    private final ByteBuffer answer = ByteBuffer.wrap(answer());

    /** Lines alone. */
    @Benchmark
    public long readLines() {
        PktLineReader reader = new PktLineReader();
        ByteBuffer chunk = request.duplicate();
        long bytes = 0;
        while (reader.next(chunk) != PktLineReader.Token.MORE) {
            bytes += reader.payload().remaining();
        }
        return bytes;
    }

    /** Lines with their grammar and limits. */
    @Benchmark
    public FetchResult checkFetchRequest() {
        FetchRequestParser parser =
                new FetchRequestParser(FetchLimits.DEFAULT, GitProtocolVersion.V2, Optional.empty());
        parser.feed(request.duplicate());
        return parser.end();
    }

    /** What follows an answer on its way to the client. */
    @Benchmark
    public boolean followAnswer() {
        PktLineBoundary boundary = new PktLineBoundary();
        ByteBuffer chunk = answer.duplicate();
        for (int at = 0; at < answer.limit(); at += CHUNK_BYTES) {
            chunk.limit(Math.min(answer.limit(), at + CHUNK_BYTES)).position(at);
            boundary.feed(chunk);
        }
        return boundary.atBoundary();
    }

    private static byte[] fetchRequest() {
        PktLineWriter out = new PktLineWriter()
                .text("command=fetch")
                .text("agent=git/2.39.5")
                .text("object-format=sha1")
                .delimiter()
                .text("want " + "a".repeat(40));
        for (int i = 0; i < HAVES; i++) {
            out.text("have " + String.format("%040x", i));
        }
        return out.flush().toBytes();
    }

    private static byte[] answer() {
        PktLineWriter out = new PktLineWriter();
        byte[] content = new byte[8192];
        content[0] = 1;
        for (int bytes = 0; bytes < ANSWER_BYTES; bytes += content.length) {
            out.data(content);
        }
        return out.data("\1end".getBytes(StandardCharsets.US_ASCII)).flush().toBytes();
    }
}
