package dev.gatehouse.git;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.RepositoryCause;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where refs move: pushes today, merges and edits tomorrow. All under the repository's writer lock, in this order: what is stale or
 * no longer allowed is dropped; the objects become the repository's own; the intent is durable; the refs move in one step, durably; the outcome
 * is durable.
 */
final class RefMove {
    private static final Logger LOG = LoggerFactory.getLogger(RefMove.class);
    private static final ObjectId NOTHING = ObjectId.zeroId();

    private final AuditJournal journal;
    private final InstantSource clock;
    private final Duration wait;

    RefMove(AuditJournal journal, InstantSource clock, Duration wait) {
        this.journal = journal;
        this.clock = clock;
        this.wait = wait;
    }

    /** Where the new objects are until refs may lead to them. */
    interface Objects {
        /** Whether something happened since they were checked that could have taken away what they rest on; then they are checked again. */
        void recheck(List<PushCommand> commands) throws IOException;

        /** Makes those that {@code moving} needs the repository's own, durably. */
        void migrate(List<PushCommand> moving) throws IOException;

        /** Takes that back. */
        void retract() throws IOException;

        /** For a push that brings none. */
        static Objects none() {
            return new Objects() {
                @Override
                public void recheck(List<PushCommand> commands) {}

                @Override
                public void migrate(List<PushCommand> moving) {}

                @Override
                public void retract() {}
            };
        }
    }

    /** Moves what may move of {@code commands}; the others are refused, each with its reason. */
    void run(
            RepositoryEntry entry,
            PushContext context,
            String pushId,
            List<PushCommand> commands,
            boolean atomic,
            Objects objects) {
        try (RepositoryEntry.WriterLock held = entry.lockForWriting(wait)) {
            RefGate gate = context.rules().get();
            dropStale(entry.refs().table(), commands);
            new RefJudge(context).judgeFinally(gate, commands);
            dropConflicting(entry.refs().table(), commands);
            objects.recheck(alive(commands));
            RefJudge.refuseAllWhereAtomic(commands, atomic);
            List<PushCommand> moving = alive(commands);
            if (!moving.isEmpty()) {
                move(entry, intent(entry, context, pushId, moving, gate), moving, objects);
            }
        } catch (IOException failed) {
            LOG.warn("refs of repository {} could not move, trace {}", entry.id(), context.trace(), failed);
            refuseAll(alive(commands), StorageFailures.of(failed));
        }
    }

    private void move(RepositoryEntry entry, IntentRecord intent, List<PushCommand> moving, Objects objects)
            throws IOException {
        try {
            objects.migrate(moving);
            journal.recordDurably(intent);
        } catch (IOException | FailureException unwritable) {
            objects.retract();
            if (unwritable instanceof FailureException known) {
                refuseAll(moving, known.failure());
                return;
            }
            throw unwritable;
        }
        Map<String, Optional<Ref>> changes = new LinkedHashMap<>();
        for (PushCommand command : moving) {
            changes.put(
                    command.ref(),
                    command.isDelete()
                            ? Optional.empty()
                            : Optional.of(RefTable.peeledTo(command.ref(), command.newId(), command.peeledId())));
        }
        try {
            entry.refs().apply(changes);
        } catch (IOException failed) {
            LOG.error("the refs of repository {} could not be written", entry.id(), failed);
            refuseUnmoved(entry.refs().table(), moving, StorageFailures.of(failed));
        }
        recordOutcome(intent, moving);
        adoptDefaultBranch(entry, moving);
    }

    /** A repository whose default branch does not exist gets the first branch that is pushed, so that a clone checks something out. */
    private static void adoptDefaultBranch(RepositoryEntry entry, List<PushCommand> moving) {
        RefTable table = entry.refs().table();
        if (table.find(table.head()).isPresent()) {
            return;
        }
        Optional<String> branch = moving.stream()
                .filter(command -> command.isAlive()
                        && !command.isDelete()
                        && command.ref().startsWith(Constants.R_HEADS))
                .map(PushCommand::ref)
                .findFirst();
        try {
            if (branch.isPresent()) {
                entry.refs().pointHeadTo(branch.get());
            }
        } catch (IOException failed) {
            LOG.warn("the default branch of repository {} stays {}", entry.id(), table.head(), failed);
        }
    }

    /** A ref that moved though its move could not be recorded is resolved when the process starts again; the client has what it asked for. */
    private void recordOutcome(IntentRecord intent, List<PushCommand> moving) {
        List<OutcomeRecord.RefResult> results = moving.stream()
                .map(command -> new OutcomeRecord.RefResult(
                        command.update().ref(),
                        command.isAlive(),
                        command.failure().map(Failure::message).orElse("")))
                .toList();
        try {
            journal.recordDurably(new OutcomeRecord(clock.instant(), intent.trace(), intent.pushId(), results, false));
        } catch (FailureException unwritable) {
            LOG.error(
                    "the outcome of push {} is not recorded and will be resolved on restart",
                    intent.pushId(),
                    unwritable);
        }
    }

    private IntentRecord intent(
            RepositoryEntry entry, PushContext context, String pushId, List<PushCommand> moving, RefGate gate) {
        return new IntentRecord(
                clock.instant(),
                Optional.of(context.trace()),
                pushId,
                context.caller(),
                context.repository(),
                entry.id(),
                moving.stream()
                        .map(command ->
                                new IntentRecord.PermittedUpdate(command.update(), command.isForced(), command.rule()))
                        .toList(),
                gate.version());
    }

    private static void dropStale(RefTable table, List<PushCommand> commands) {
        for (PushCommand command : commands) {
            ObjectId actual = table.idOf(command.ref());
            if (!actual.equals(command.oldId())) {
                command.refuse(RepositoryCause.STALE_REF.with(
                        "ref", command.ref(), "actual", describe(actual), "expected", describe(command.oldId())));
            }
        }
    }

    private static String describe(ObjectId id) {
        return id.equals(NOTHING) ? "missing" : id.abbreviate(10).name();
    }

    /** Judged by what the table would be: a push may delete {@code a} and create {@code a/b}. */
    private static void dropConflicting(RefTable table, List<PushCommand> commands) {
        Map<String, Optional<Ref>> changes = new LinkedHashMap<>();
        for (PushCommand command : alive(commands)) {
            changes.put(
                    command.ref(),
                    command.isDelete()
                            ? Optional.empty()
                            : Optional.of(RefTable.peeledTo(command.ref(), command.newId(), command.newId())));
        }
        RefTable changed = table.with(changes);
        for (PushCommand command : alive(commands)) {
            if (command.oldId().equals(NOTHING)) {
                changed.conflictOf(command.ref())
                        .ifPresent(other -> command.refuse(
                                RepositoryCause.REF_CONFLICT.with("ref", command.ref(), "other", other)));
            }
        }
    }

    private static void refuseUnmoved(RefTable table, List<PushCommand> moving, Failure failure) {
        for (PushCommand command : moving) {
            if (!table.idOf(command.ref()).equals(command.newId())) {
                command.refuse(failure);
            }
        }
    }

    private static void refuseAll(List<PushCommand> commands, Failure failure) {
        commands.forEach(command -> command.refuse(failure));
    }

    private static List<PushCommand> alive(List<PushCommand> commands) {
        return commands.stream().filter(PushCommand::isAlive).toList();
    }
}
