package dev.gatehouse.forge.http;

import dev.gatehouse.core.audit.DecisionSummary;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.handover.Handover;
import dev.gatehouse.core.http.CanonicalPath;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceContext;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.forge.registry.Requester;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** One request that came in good order, and its answer. Used by one thread, the request's own. */
public final class Exchange implements Requester {
    /** So much of a body that nobody wants is read, so that the client, which sends first and reads then, gets its answer. */
    private static final long DRAINED_BYTES_MAX = 256L << 20;

    private static final int DRAIN_CHUNK_BYTES = 64 << 10;

    private final Request request;
    private final Response response;
    private final TraceContext context;
    private final Handover handover;
    private final CanonicalPath path;
    private final Optional<String> query;
    private final LongSupplier elapsedMicros;
    private final List<DecisionSummary> decisions = new ArrayList<>();
    private final CountedInput body;

    private String operation = "page";
    private Optional<RepositoryName> repository = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private FailureAnswer failureAnswer = FailureAnswer.PLAIN;
    private long decidedMicros = -1;
    private long firstByteMicros = -1;
    private long bytesOut;

    Exchange(
            Request request,
            Response response,
            TraceContext context,
            Handover handover,
            CanonicalPath path,
            Optional<String> query,
            LongSupplier elapsedMicros) {
        this.request = request;
        this.response = response;
        this.context = context;
        this.handover = handover;
        this.path = path;
        this.query = query;
        this.elapsedMicros = elapsedMicros;
        this.body = new CountedInput(Content.Source.asInputStream(request));
    }

    /** The HTTP method as it came. */
    public String method() {
        return request.getMethod();
    }

    /** The canonical path. */
    public CanonicalPath path() {
        return path;
    }

    /** The query without its {@code ?}. */
    public Optional<String> query() {
        return query;
    }

    /** A header, joined by commas where it came more than once. */
    public Optional<String> header(String name) {
        List<String> values = request.getHeaders().getValuesList(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    @Override
    public Optional<Caller> caller() {
        return handover.caller();
    }

    @Override
    public Optional<TraceId> trace() {
        return Optional.of(context.traceId());
    }

    /** The trace ID, which every request here has. */
    public TraceId traceId() {
        return context.traceId();
    }

    @Override
    public void note(Decision decision) {
        decisions.add(DecisionSummary.of(decision));
        decidedMicros = decidedMicros < 0 ? elapsedMicros.getAsLong() : decidedMicros;
    }

    /** What the request is, for the record, and how whoever asked is told of failures from now on. */
    public void is(String newOperation, FailureAnswer newFailureAnswer) {
        operation = newOperation;
        failureAnswer = newFailureAnswer;
    }

    /** Which repository it is about, for the record. */
    public void about(RepositoryName name) {
        repository = Optional.of(name);
    }

    /** Records a failure that was told inside an answer. */
    public void failed(Failure told) {
        failure = Optional.of(told);
    }

    /** The body. */
    public InputStream body() {
        return body;
    }

    /** Sends a whole answer. A body that was not read is read first, within a bound. */
    public void answer(Answer answer) throws IOException {
        drain();
        begin(answer.status(), answer.contentType(), answer.headers());
        byte[] bytes = method().equals("HEAD") ? new byte[0] : answer.body();
        response.getHeaders().put("Content-Length", answer.body().length);
        wrote(bytes.length);
        Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
    }

    /** Begins an answer of unknown length; each write goes out at once. Close the stream at its end. */
    public OutputStream stream(int status, String contentType, Map<String, String> headers) {
        begin(status, contentType, headers);
        // Otherwise Jetty ends an answer on a connection that will close by closing it, and a cut-off answer looks
        // whole.
        response.getHeaders().put("Transfer-Encoding", "chunked");
        return new CountedOutput(Content.Sink.asOutputStream(response));
    }

    private void begin(int status, String contentType, Map<String, String> headers) {
        response.setStatus(status);
        response.getHeaders().put("Content-Type", contentType);
        headers.forEach((name, value) -> response.getHeaders().put(name, value));
    }

    private void drain() throws IOException {
        byte[] chunk = new byte[DRAIN_CHUNK_BYTES];
        long drained = 0;
        int count = body.read(chunk);
        while (count >= 0 && drained < DRAINED_BYTES_MAX) {
            drained += count;
            count = body.read(chunk);
        }
    }

    private void wrote(int count) {
        firstByteMicros = firstByteMicros < 0 ? elapsedMicros.getAsLong() : firstByteMicros;
        bytesOut += count;
    }

    boolean isCommitted() {
        return response.isCommitted();
    }

    FailureAnswer failureAnswer() {
        return failureAnswer;
    }

    TraceContext context() {
        return context;
    }

    Handover handover() {
        return handover;
    }

    String operation() {
        return operation;
    }

    Optional<RepositoryName> repository() {
        return repository;
    }

    Optional<Failure> failure() {
        return failure;
    }

    List<DecisionSummary> decisions() {
        return decisions;
    }

    long decidedMicros() {
        return decidedMicros;
    }

    long firstByteMicros() {
        return firstByteMicros;
    }

    long bytesIn() {
        return body.count();
    }

    long bytesOut() {
        return bytesOut;
    }

    private final class CountedOutput extends OutputStream {
        private final OutputStream out;

        CountedOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            wrote(length);
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
