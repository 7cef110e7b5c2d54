package dev.gatehouse.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.cause.WireCause;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSubclassMap;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of one push between its head and its answer. One push, one thread. */
final class PushWork {
    private static final Logger LOG = LoggerFactory.getLogger(PushWork.class);

    private final RepositoryEntry entry;
    private final PushContext context;
    private final String pushId;
    private final GitLimits limits;
    private final DurableFiles files;
    private final RefMove refMove;

    PushWork(
            RepositoryEntry entry,
            PushContext context,
            String pushId,
            GitLimits limits,
            DurableFiles files,
            RefMove refMove) {
        this.entry = entry;
        this.context = context;
        this.pushId = pushId;
        this.limits = limits;
        this.files = files;
        this.refMove = refMove;
    }

    /** Does it, and returns why the push as a whole failed; empty where each command has its own result. */
    Optional<Failure> run(
            List<PushCommand> commands, boolean atomic, boolean packFollows, InputStream pack, PushBody body) {
        try {
            if (packFollows) {
                receive(commands, atomic, pack);
            } else {
                refMove.run(entry, context, pushId, commands, atomic, RefMove.Objects.none());
            }
            return Optional.empty();
        } catch (IOException | RuntimeException | StackOverflowError thrown) {
            return Optional.of(failureOf(thrown, body));
        }
    }

    private void receive(List<PushCommand> commands, boolean atomic, InputStream pack) throws IOException {
        try (Quarantine quarantine = new Quarantine(entry, files, pushId)) {
            ObjectIdSubclassMap<ObjectId> received = PackIntake.receive(quarantine, pack, limits);
            long epoch = entry.pruneEpoch();
            checkConnected(quarantine, received, commands);
            RefJudge.refuseAllWhereAtomic(commands, atomic);
            classify(quarantine, commands);
            if (commands.stream().anyMatch(PushCommand::isAlive)) {
                quarantine.sync();
                refMove.run(
                        entry,
                        context,
                        pushId,
                        commands,
                        atomic,
                        new Quarantined(quarantine, received, epoch, commands));
            }
        }
    }

    private void checkConnected(
            Quarantine quarantine, ObjectIdSubclassMap<ObjectId> received, List<PushCommand> commands)
            throws IOException {
        Connectivity connectivity =
                new Connectivity(quarantine.objects(), received, entry.refs().table());
        List<ObjectId> tips = commands.stream()
                .filter(command -> command.isAlive() && !command.isDelete())
                .map(PushCommand::newId)
                .toList();
        try {
            connectivity.check(tips);
            return;
        } catch (MissingObjectException incomplete) {
            LOG.debug("a push is incomplete, trace {}", context.trace(), incomplete);
        }
        for (PushCommand command : commands) {
            if (!command.isAlive() || command.isDelete()) {
                continue;
            }
            try {
                connectivity.check(List.of(command.newId()));
            } catch (MissingObjectException incomplete) {
                command.refuse(RepositoryCause.OBJECT_MISSING.with(
                        "ref", command.ref(), "detail", incomplete.getObjectId().name() + " is missing"));
            }
        }
    }

    /** Finds out what tags stand for, and who would lose commits. */
    private void classify(Quarantine quarantine, List<PushCommand> commands) throws IOException {
        try (RevWalk walk = new RevWalk(quarantine.objects().newReader())) {
            walk.setRetainBody(false);
            for (PushCommand command : commands) {
                if (!command.isAlive() || command.isDelete()) {
                    continue;
                }
                RevObject tip = walk.parseAny(command.newId());
                command.setPeeledId(walk.peel(tip).copy());
                if (!command.oldId().equals(ObjectId.zeroId()) && losesCommits(walk, command, tip)) {
                    command.setForced();
                }
                walk.reset();
            }
        }
    }

    private static boolean losesCommits(RevWalk walk, PushCommand command, RevObject tip) throws IOException {
        try {
            return !(walk.parseAny(command.oldId()) instanceof RevCommit before
                    && tip instanceof RevCommit after
                    && walk.isMergedInto(before, after));
        } catch (MissingObjectException unknown) {
            // The client's idea of the old value is of no object here, so the command is stale and will be dropped as
            // such.
            return false;
        }
    }

    private Failure failureOf(Throwable thrown, PushBody body) {
        if (thrown instanceof FailureException known) {
            return known.failure();
        }
        if (body.isBroken() || thrown instanceof EOFException) {
            return WireCause.PUSH_CUT_OFF.with("bytes", Long.toString(body.bytes()));
        }
        return switch (thrown) {
            case TooLargeObjectInPackException large ->
                WireCause.PACK_INVALID.with("detail", "an object exceeds " + limits.objectBytes() + " bytes");
            case MissingObjectException missing ->
                WireCause.PACK_INVALID.with(
                        "detail", "it builds on " + missing.getObjectId().name() + ", which is missing");
            case CorruptObjectException corrupt ->
                WireCause.PACK_INVALID.with("detail", String.valueOf(corrupt.getMessage()));
            case IOException storage -> {
                LOG.warn("a push failed, trace {}", context.trace(), storage);
                yield StorageFailures.of(storage);
            }
            default -> {
                LOG.error("a push failed, trace {}", context.trace(), thrown);
                yield TrafficCause.INTERNAL.with(
                        "detail",
                        thrown.getClass().getSimpleName(),
                        "trace",
                        context.trace().toString());
            }
        };
    }

    private static Set<ObjectId> newIds(List<PushCommand> commands) {
        Set<ObjectId> ids = new HashSet<>();
        for (PushCommand command : commands) {
            if (!command.isDelete()) {
                ids.add(command.newId());
            }
        }
        return ids;
    }

    /** The objects of this push, as the mover of refs sees them. */
    private final class Quarantined implements RefMove.Objects {
        private final Quarantine quarantine;
        private final ObjectIdSubclassMap<ObjectId> received;
        private final long checkedAtEpoch;
        private final Set<ObjectId> asked;

        Quarantined(
                Quarantine quarantine,
                ObjectIdSubclassMap<ObjectId> received,
                long checkedAtEpoch,
                List<PushCommand> commands) {
            this.asked = newIds(commands);
            this.quarantine = quarantine;
            this.received = received;
            this.checkedAtEpoch = checkedAtEpoch;
        }

        @Override
        public void recheck(List<PushCommand> commands) throws IOException {
            if (entry.pruneEpoch() != checkedAtEpoch) {
                checkConnected(quarantine, received, commands);
            }
        }

        @Override
        public void migrate(List<PushCommand> moving) throws IOException {
            Set<ObjectId> kept = newIds(moving);
            if (!kept.containsAll(asked)) {
                quarantine.reduceTo(kept, entry.refs().table());
            }
            quarantine.migrate();
        }

        @Override
        public void retract() throws IOException {
            quarantine.retract();
        }
    }
}
