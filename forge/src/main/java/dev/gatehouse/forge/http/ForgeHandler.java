package dev.gatehouse.forge.http;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.handover.DecodedHandover;
import dev.gatehouse.core.handover.Handover;
import dev.gatehouse.core.handover.HandoverCodec;
import dev.gatehouse.core.http.CanonicalPath;
import dev.gatehouse.core.http.HeaderNames;
import dev.gatehouse.core.http.RequestTarget;
import dev.gatehouse.core.trace.TraceContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits a request, has it served, turns what failed into an answer, and records it. The only place where that happens. */
final class ForgeHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(ForgeHandler.class);

    private final Service service;
    private final AuditJournal journal;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final PeerCheck peers;
    private final String socket;

    ForgeHandler(
            Service service,
            AuditJournal journal,
            InstantSource clock,
            RandomGenerator random,
            PeerCheck peers,
            String socket) {
        this.service = service;
        this.journal = journal;
        this.clock = clock;
        this.random = random;
        this.peers = peers;
        this.socket = socket;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Instant began = clock.instant();
        long beganNanos = System.nanoTime();
        Exchange exchange;
        String peer;
        try {
            peer = peers.check(request);
            exchange = admit(request, response, beganNanos);
        } catch (FailureException refused) {
            refuse(response, callback, refused.failure());
            return true;
        }
        response.getHeaders().put(HeaderNames.TRACE, exchange.traceId().toString());
        Optional<Throwable> broken = serve(exchange);
        journal.record(record(exchange, began, elapsedMicros(beganNanos), peer, response.getStatus()));
        broken.ifPresentOrElse(callback::failed, callback::succeeded);
        return true;
    }

    private Exchange admit(Request request, Response response, long beganNanos) {
        Optional<TraceContext> context = only(request, HeaderNames.TRACEPARENT)
                .flatMap(traceparent -> TraceContext.continued(traceparent, random));
        if (context.isEmpty()) {
            throw RequestCause.HEADER_NOT_ALLOWED
                    .with("header", HeaderNames.TRACEPARENT, "detail", "it must come once, as the sidecar writes it")
                    .asException();
        }
        Handover handover = handover(request);
        return switch (CanonicalPath.parse(request.getHttpURI().getPathQuery())) {
            case RequestTarget.Canonical(CanonicalPath path, Optional<String> query) ->
                new Exchange(request, response, context.get(), handover, path, query, () -> elapsedMicros(beganNanos));
            case RequestTarget.NotCanonical(Failure failure) -> throw failure.asException();
        };
    }

    private static Handover handover(Request request) {
        Optional<String> header = only(request, HeaderNames.HANDOVER);
        if (header.isEmpty()) {
            throw IdentityCause.ASSERTION_MISSING
                    .with("peer", "the caller of this socket")
                    .asException();
        }
        return switch (HandoverCodec.decode(header.get())) {
            case DecodedHandover.Decoded(Handover handover) -> handover;
            case DecodedHandover.Undecodable(String detail) ->
                throw IdentityCause.ASSERTION_INVALID
                        .with("peer", "the caller of this socket", "detail", detail)
                        .asException();
        };
    }

    private static Optional<String> only(Request request, String header) {
        List<String> values = request.getHeaders().getValuesList(header);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Returns what broke an answer off that had begun; empty where the client has a whole answer. */
    private Optional<Throwable> serve(Exchange exchange) {
        try {
            service.serve(exchange);
            return Optional.empty();
        } catch (FailureException known) {
            return tell(exchange, known.failure(), known);
        } catch (IOException gone) {
            LOG.debug("the client is gone, trace {}", exchange.traceId(), gone);
            exchange.failed(TrafficCause.CLIENT_GONE.with());
            return Optional.of(gone);
        } catch (RuntimeException bug) {
            LOG.error("an error of ours, trace {}", exchange.traceId(), bug);
            String trace = exchange.traceId().toString();
            Failure failure =
                    TrafficCause.INTERNAL.with("detail", bug.getClass().getSimpleName(), "trace", trace);
            return tell(exchange, failure, bug);
        }
    }

    private static Optional<Throwable> tell(Exchange exchange, Failure failure, Throwable why) {
        exchange.failed(failure);
        if (exchange.isCommitted()) {
            return Optional.of(why);
        }
        try {
            exchange.answer(exchange.failureAnswer().render(failure, exchange.trace()));
            return Optional.empty();
        } catch (IOException gone) {
            return Optional.of(gone);
        }
    }

    private void refuse(Response response, Callback callback, Failure failure) {
        LOG.warn("refused: {} {}", failure.cause().code(), failure.message());
        Answer answer = FailureAnswer.PLAIN.render(failure, Optional.empty());
        response.setStatus(answer.status());
        response.getHeaders().put("Content-Type", answer.contentType());
        response.getHeaders().put("Connection", "close");
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private RequestRecord record(Exchange exchange, Instant began, long endMicros, String peer, int status) {
        return new RequestRecord(
                began,
                Role.FORGE,
                exchange.context(),
                exchange.caller(),
                new RequestRecord.Peer(socket, "user " + peer, ""),
                Optional.empty(),
                exchange.method(),
                exchange.path().value(),
                exchange.operation(),
                exchange.repository(),
                exchange.decisions(),
                status,
                exchange.failure(),
                exchange.bytesIn(),
                exchange.bytesOut(),
                new RequestRecord.Timing(
                        exchange.decidedMicros(), RequestRecord.NEVER, exchange.firstByteMicros(), endMicros));
    }

    private static long elapsedMicros(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1000;
    }
}
