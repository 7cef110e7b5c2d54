package dev.gatehouse.git;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.repository.ObjectId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/**
 * Gives every intent that a crash left without outcome its true one, before anything is served. A batch of refs is one rename of one file, so
 * there is none to complete or undo: the refs say what happened.
 */
public final class IntentResolver {
    private final Repositories repositories;
    private final DurableFiles files;
    private final AuditJournal journal;
    private final InstantSource clock;

    public IntentResolver(Repositories repositories, DurableFiles files, AuditJournal journal, InstantSource clock) {
        this.repositories = repositories;
        this.files = files;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Resolves them, in the order they were recorded, and records each outcome durably.
     *
     * @param unresolved intents of this node that have no outcome
     * @return the outcomes
     * @throws FailureException where the journal or a repository cannot be used; nothing may then be served
     */
    public List<OutcomeRecord> resolve(List<IntentRecord> unresolved) {
        return unresolved.stream().map(this::resolve).toList();
    }

    private OutcomeRecord resolve(IntentRecord intent) {
        OutcomeRecord outcome =
                new OutcomeRecord(clock.instant(), intent.trace(), intent.pushId(), results(intent), true);
        journal.recordDurably(outcome);
        return outcome;
    }

    private List<OutcomeRecord.RefResult> results(IntentRecord intent) {
        if (!repositories.exists(intent.repositoryId())) {
            return intent.updates().stream()
                    .map(permitted ->
                            new OutcomeRecord.RefResult(permitted.update().ref(), false, "the repository was removed"))
                    .toList();
        }
        try (HostedRepository repository = repositories.open(intent.repositoryId())) {
            // What is told as moved must not be undone by the next power cut.
            files.syncDirectory(repository.entry().directory());
            return intent.updates().stream()
                    .map(permitted -> result(repository, permitted))
                    .toList();
        } catch (IOException failed) {
            throw StorageFailures.of(failed).asException();
        }
    }

    private static OutcomeRecord.RefResult result(HostedRepository repository, IntentRecord.PermittedUpdate permitted) {
        ObjectId zero = permitted.update().newId().format().zero();
        ObjectId actual = repository.ref(permitted.update().ref()).orElse(zero);
        boolean moved = actual.equals(permitted.update().newId());
        String detail = "";
        if (!moved) {
            detail = actual.equals(permitted.update().oldId())
                    ? "the process ended before the ref moved"
                    : "the ref is " + actual + ", neither the old nor the new value";
        }
        return new OutcomeRecord.RefResult(permitted.update().ref(), moved, detail);
    }
}
