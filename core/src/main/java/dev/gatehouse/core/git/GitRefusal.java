package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.trace.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A failure as an answer that a Git client shows to its user. A POST is answered with status 200 and Git's own words, because git drops the body
 * of any other; only 401 stays 401, because git asks its credential helper on nothing else.
 *
 * <p>The probe {@code 0000} that git sends before a large request is not a place to refuse at: git drops the answer's body. Answer it with 200
 * and no body, and refuse what follows.
 */
public final class GitRefusal {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int UNAUTHORIZED = 401;
    private static final int OK = 200;
    /** How many different failures of one push are explained in full; each ref has its own reason in any case. */
    private static final int EXPLAINED_MAX = 5;
    /**
     * How many characters of reasons follow, ref by ref. Git reads no answer before it has sent its pack, and what carries the answer to it holds
     * 64 KiB: a longer one, given before the pack was read, would hold up both sides for ever. Git tells of the refs that are not named that they
     * got no report.
     */
    private static final int REASONS_LENGTH_MAX = 24 << 10;

    private final int status;
    private final String contentType;
    private final byte[] body;

    private GitRefusal(int status, String contentType, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    /** The answer to a request that is refused whole, for one reason. */
    public static GitRefusal of(GitPhase phase, Failure failure, Optional<TraceId> trace) {
        if (failure.cause().definition().httpStatus() == UNAUTHORIZED) {
            return plain(failure, trace);
        }
        return switch (phase) {
            case GitPhase.Discovery() -> plain(failure, trace);
            case GitPhase.Fetch() -> fetch(failure, trace);
            case GitPhase.PushUnread() -> push(lastWords(failure, trace));
            case GitPhase.Push(PushCapabilities capabilities, List<RefName> refs) -> {
                ReportStatus report = new ReportStatus(capabilities).unpackFailed(FailureText.oneLine(failure));
                FailureText.lines(failure, trace).forEach(report::progress);
                Map<RefName, Failure> failures = new LinkedHashMap<>();
                refs.forEach(ref -> failures.put(ref, failure));
                reject(report, failures);
                yield push(report.toBytes());
            }
        };
    }

    /**
     * The answer to a push whose refs were refused each for its own reason, none of them moved.
     *
     * @param failures by ref, in the push's order
     */
    public static GitRefusal ofRefs(
            PushCapabilities capabilities, Map<RefName, Failure> failures, Optional<TraceId> trace) {
        ReportStatus report = new ReportStatus(capabilities);
        Set<Failure> explained = new LinkedHashSet<>(failures.values());
        explained.stream()
                .limit(EXPLAINED_MAX)
                .flatMap(failure -> FailureText.failureLines(failure).stream())
                .forEach(report::progress);
        trace.ifPresent(id -> report.progress("trace " + id));
        reject(report, failures);
        return push(report.toBytes());
    }

    private static void reject(ReportStatus report, Map<RefName, Failure> failures) {
        int length = 0;
        for (Map.Entry<RefName, Failure> entry : failures.entrySet()) {
            String reason = FailureText.oneLine(entry.getValue());
            length += reason.length() + entry.getKey().value().length();
            if (length > REASONS_LENGTH_MAX) {
                return;
            }
            report.rejected(entry.getKey(), reason);
        }
    }

    /**
     * The last line of a multiplexed answer that has begun and cannot go on: the client prints it and fails. To be sent only where a {@link
     * PktLineBoundary} says that the answer stands at a boundary.
     */
    public static byte[] lastWords(Failure failure, Optional<TraceId> trace) {
        return new PktLineWriter()
                .sideBand(SideBand.FATAL, String.join("\n", FailureText.lines(failure, trace)))
                .flush()
                .toBytes();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The content type of {@link #body()}. */
    public String contentType() {
        return contentType;
    }

    /** The whole body; the caller's to keep. */
    public byte[] body() {
        return body.clone();
    }

    private static GitRefusal plain(Failure failure, Optional<TraceId> trace) {
        return new GitRefusal(
                failure.cause().definition().httpStatus(),
                TEXT,
                FailureText.text(failure, trace).getBytes(StandardCharsets.UTF_8));
    }

    private static GitRefusal fetch(Failure failure, Optional<TraceId> trace) {
        String text = String.join("\n", FailureText.lines(failure, trace));
        return new GitRefusal(
                OK,
                GitService.UPLOAD_PACK.resultType(),
                new PktLineWriter().error(text).toBytes());
    }

    private static GitRefusal push(byte[] body) {
        return new GitRefusal(OK, GitService.RECEIVE_PACK.resultType(), body);
    }
}
