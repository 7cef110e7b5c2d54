package dev.gatehouse.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.git.GitPhase;
import dev.gatehouse.core.git.GitProtocolVersion;
import dev.gatehouse.core.git.GitRefusal;
import dev.gatehouse.core.trace.TraceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.transport.WantNotValidException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves clone and fetch over smart HTTP (gitprotocol-http), versions 0 and 2; who asks for version 1 gets version 0. The caller has authorised
 * the request. Everything that goes wrong is told to the client inside the answer, in the form that its protocol has for it.
 *
 * <p>Threads: any; a call works on the thread it is made on, and blocks.
 */
public final class UploadService {
    private static final Logger LOG = LoggerFactory.getLogger(UploadService.class);
    private static final byte[] VERSION_2 = new PktLines(256)
            .line("version 2")
            .line(RefListing.AGENT)
            .line("ls-refs=unborn")
            .line("fetch=shallow wait-for-done filter")
            .line("server-option")
            .line(RefListing.OBJECT_FORMAT)
            .flush()
            .toBytes();

    private final GitLimits limits;
    private final PackAdmission admission;
    private final UploadMetrics metrics = new UploadMetrics();

    public UploadService(GitLimits limits) {
        this.limits = limits;
        this.admission = new PackAdmission(limits.unindexedPacks(), limits.unindexedQueue(), limits.unindexedWait());
    }

    /** What was served so far. */
    public UploadMetrics metrics() {
        return metrics;
    }

    /** Writes the answer to {@code GET info/refs?service=git-upload-pack}, whole, its service line included. */
    public void advertise(HostedRepository repository, GitProtocolVersion version, OutputStream answer)
            throws IOException {
        byte[] bytes;
        if (version == GitProtocolVersion.V2) {
            bytes = VERSION_2;
        } else {
            RepositoryEntry entry = repository.entry();
            bytes = entry.advertisements().answer(entry.refs().table(), "upload-pack", RefListing::uploadAdvertisement);
            metrics.countRefList();
        }
        answer.write(bytes);
        metrics.countBytes(bytes.length);
    }

    /**
     * Serves one {@code POST git-upload-pack}.
     *
     * @param body the request, inflated
     * @param answer where the answer goes; its HTTP status is 200 whatever the report says
     * @param trace shown to the client where something goes wrong
     */
    public UploadReport serve(
            HostedRepository repository,
            GitProtocolVersion version,
            InputStream body,
            OutputStream answer,
            TraceId trace) {
        PulsedOutput out = new PulsedOutput(answer, limits.pulse());
        String command = "fetch";
        Optional<Failure> failure = Optional.empty();
        try {
            if (version == GitProtocolVersion.V2) {
                PushbackInputStream request = new PushbackInputStream(body, UploadRequest.HEAD_BYTES_MAX);
                UploadRequest head = UploadRequest.peek(request);
                command = head.command();
                serveCommand(repository.entry(), head, request, out);
            } else {
                new PackUpload(admission, metrics).serve(repository.entry(), version, body, out);
            }
            out.flush();
        } catch (IOException | RuntimeException | StackOverflowError thrown) {
            failure = Optional.of(failureOf(thrown, out, trace));
            tell(failure.get(), out, trace);
        } finally {
            out.end();
            metrics.countBytes(out.bytesWritten());
        }
        return new UploadReport(command, out.bytesWritten(), failure);
    }

    private void serveCommand(RepositoryEntry entry, UploadRequest head, PushbackInputStream body, PulsedOutput out)
            throws IOException {
        if (head.isOtherFormat()) {
            throw WireCause.OBJECT_FORMAT_MISMATCH
                    .with("served", "sha1", "asked", head.objectFormat().orElse(""))
                    .asException();
        }
        switch (head.command()) {
            case "ls-refs" -> {
                RefListing.Question question = UploadRequest.readLsRefs(body, limits.refPrefixes());
                out.write(entry.advertisements()
                        .answer(entry.refs().table(), question, table -> RefListing.lsRefs(table, question)));
                metrics.countRefList();
            }
            case "fetch" -> new PackUpload(admission, metrics).serve(entry, GitProtocolVersion.V2, body, out);
            case "" -> {
                // A lone flush asks nothing, and is answered with nothing.
            }
            default ->
                throw WireCause.COMMAND_UNKNOWN.with("command", head.command()).asException();
        }
    }

    private Failure failureOf(Throwable thrown, PulsedOutput out, TraceId trace) {
        if (out.isBroken()) {
            return TrafficCause.CLIENT_GONE.with();
        }
        return switch (thrown) {
            case FailureException known -> known.failure();
            case WantNotValidException invalid -> WireCause.WANT_NOT_VALID.with("object", lastWordWithId(invalid));
            case MissingObjectException missing ->
                WireCause.WANT_NOT_VALID.with("object", missing.getObjectId().name());
            case PackProtocolException malformed ->
                WireCause.PKT_LINE_MALFORMED.with("detail", String.valueOf(malformed.getMessage()));
            case IOException storage -> {
                LOG.warn("a fetch failed, trace {}", trace, storage);
                yield StorageFailures.of(storage);
            }
            default -> {
                LOG.error("a fetch failed, trace {}", trace, thrown);
                yield TrafficCause.INTERNAL.with(
                        "detail", thrown.getClass().getSimpleName(), "trace", trace.toString());
            }
        };
    }

    private static String lastWordWithId(WantNotValidException invalid) {
        for (String word : String.valueOf(invalid.getMessage()).split(" ", -1)) {
            if (org.eclipse.jgit.lib.ObjectId.isId(word)) {
                return word;
            }
        }
        return "?";
    }

    private static void tell(Failure failure, PulsedOutput out, TraceId trace) {
        out.end();
        if (out.isBroken() || !out.atBoundary()) {
            return;
        }
        try {
            if (out.isSideBand()) {
                out.write(GitRefusal.lastWords(failure, Optional.of(trace)));
            } else {
                out.write(GitRefusal.of(new GitPhase.Fetch(), failure, Optional.of(trace))
                        .body());
            }
            out.flush();
        } catch (IOException gone) {
            LOG.debug(
                    "the client left before it was told of {}", failure.cause().code(), gone);
        }
    }
}
