package dev.gatehouse.git;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.git.GitRefusal;
import dev.gatehouse.core.git.PushCapabilities;
import dev.gatehouse.core.git.PushHead;
import dev.gatehouse.core.git.PushHeadParser;
import dev.gatehouse.core.git.PushHeadResult;
import dev.gatehouse.core.repository.ObjectFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes pushes over smart HTTP (gitprotocol-http). Everything that goes wrong is told to the client inside the answer. The rules are asked here,
 * whatever was asked before on the way.
 *
 * <p>Threads: any; a call works on the thread it is made on, and blocks. Pushes to one repository are read and checked side by side; only their
 * ends, when refs move, come one after the other.
 */
public final class ReceiveService {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiveService.class);
    private static final int HEAD_CHUNK_BYTES = 16 << 10;
    private static final int PUSH_ID_BYTES = 16;

    private final GitLimits limits;
    private final DurableFiles files;
    private final SecureRandom random;
    private final RefMove refMove;
    private final PushListener listener;

    public ReceiveService(
            GitLimits limits,
            DurableFiles files,
            AuditJournal journal,
            InstantSource clock,
            SecureRandom random,
            PushListener listener) {
        this.limits = limits;
        this.files = files;
        this.random = random;
        this.refMove = new RefMove(journal, clock, limits.writerWait());
        this.listener = listener;
    }

    /** Writes the answer to {@code GET info/refs?service=git-receive-pack}, whole, its service line included. */
    public void advertise(HostedRepository repository, OutputStream answer) throws IOException {
        RepositoryEntry entry = repository.entry();
        answer.write(
                entry.advertisements().answer(entry.refs().table(), "receive-pack", RefListing::receiveAdvertisement));
    }

    /** Writes what {@link #advertise} would write of a repository that is empty: for one that the push will make. */
    public void advertiseNew(OutputStream answer) throws IOException {
        answer.write(RefListing.receiveAdvertisement(RefTable.of(List.of(), Repositories.INITIAL_BRANCH)));
    }

    /**
     * Serves one {@code POST git-receive-pack}.
     *
     * @param body the request, inflated
     * @param answer where the answer goes; its HTTP status is 200 whatever the report says
     */
    public PushReport serve(HostedRepository repository, InputStream body, OutputStream answer, PushContext context) {
        PulsedOutput out = new PulsedOutput(answer, limits.pulse());
        try {
            PushReport report = serve(repository.entry(), body, out, context);
            if (report.movedAny()) {
                listener.pushed(repository.id(), context, report);
            }
            return report;
        } finally {
            out.end();
        }
    }

    private PushReport serve(RepositoryEntry entry, InputStream body, PulsedOutput out, PushContext context) {
        PushHeadParser parser = new PushHeadParser(limits.push(), Optional.of(ObjectFormat.SHA1));
        SideBandStart start = new SideBandStart(out);
        PushBody counted = new PushBody(body, limits.pushBytes(), start);
        byte[] chunk = new byte[HEAD_CHUNK_BYTES];
        ByteBuffer rest = ByteBuffer.wrap(chunk, 0, 0);
        PushHeadResult result = new PushHeadResult.More();
        try {
            while (result instanceof PushHeadResult.More) {
                int length = counted.read(chunk, 0, chunk.length);
                rest = ByteBuffer.wrap(chunk, 0, Math.max(length, 0));
                result = length < 0 ? parser.end() : parser.feed(rest);
            }
        } catch (IOException gone) {
            result = parser.end();
        }
        return switch (result) {
            case PushHeadResult.Probe probe -> nothingAsked(counted);
            case PushHeadResult.More more -> throw new IllegalStateException("the head of a push has no end");
            case PushHeadResult.Refused refused -> {
                counted.drain(limits.drainBytes());
                send(
                        out,
                        GitRefusal.of(parser.phase(), refused.failure(), Optional.of(context.trace()))
                                .body(),
                        context);
                yield new PushReport(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        counted.bytes(),
                        out.bytesWritten(),
                        Optional.of(refused.failure()));
            }
            case PushHeadResult.Complete complete -> {
                start.arm(complete.head().capabilities());
                InputStream pack = new SequenceInputStream(
                        new ByteArrayInputStream(chunk, rest.position(), rest.remaining()), counted);
                yield push(entry, complete.head(), pack, counted, out, context);
            }
        };
    }

    private PushReport push(
            RepositoryEntry entry,
            PushHead head,
            InputStream pack,
            PushBody counted,
            PulsedOutput out,
            PushContext context) {
        byte[] idBytes = new byte[PUSH_ID_BYTES];
        random.nextBytes(idBytes);
        String pushId = HexFormat.of().formatHex(idBytes);
        boolean atomic = head.capabilities().atomic();
        List<PushCommand> commands =
                head.updates().stream().map(PushCommand::new).toList();
        new RefJudge(context).judgeEarly(commands, atomic);
        Optional<Failure> failure = Optional.empty();
        if (commands.stream().anyMatch(PushCommand::isAlive)) {
            failure = new PushWork(entry, context, pushId, limits, files, refMove)
                    .run(commands, atomic, head.packFollows(), pack, counted);
        }
        counted.drain(limits.drainBytes());
        send(out, PushAnswer.of(head.capabilities(), commands, failure, context.trace()), context);
        Optional<Failure> whole = failure;
        List<PushReport.RefOutcome> refs = commands.stream()
                .map(command -> new PushReport.RefOutcome(
                        command.update(), command.isForced(), command.failure().or(() -> whole)))
                .toList();
        return new PushReport(
                Optional.of(pushId), refs, head.pushOptions(), counted.bytes(), out.bytesWritten(), failure);
    }

    private static void send(PulsedOutput out, byte[] answer, PushContext context) {
        out.end();
        try {
            out.write(answer);
            out.flush();
        } catch (IOException gone) {
            LOG.debug("the client left before it had its report, trace {}", context.trace(), gone);
        }
    }

    private static PushReport nothingAsked(PushBody body) {
        return new PushReport(Optional.empty(), List.of(), List.of(), body.bytes(), 0, Optional.empty());
    }

    /** The answer may begin when the request is over and the client is known to understand side-bands. */
    private static final class SideBandStart implements Runnable {
        private final PulsedOutput out;
        private boolean armed;
        private boolean bodyEnded;

        SideBandStart(PulsedOutput out) {
            this.out = out;
        }

        void arm(PushCapabilities capabilities) {
            armed = capabilities.sideBand64k();
            startWhereReady();
        }

        @Override
        public void run() {
            bodyEnded = true;
            startWhereReady();
        }

        private void startWhereReady() {
            if (armed && bodyEnded) {
                out.startSideBand();
            }
        }
    }
}
