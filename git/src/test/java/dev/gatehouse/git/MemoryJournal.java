package dev.gatehouse.git;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.cause.AuditCause;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what is recorded, and fails on demand. */
final class MemoryJournal implements AuditJournal {
    private final List<AuditRecord> records = new CopyOnWriteArrayList<>();
    private final Consumer<AuditRecord> witness;
    private volatile boolean broken;

    /** A journal that tells {@code witness} of each durable record, in order with what else it sees. */
    MemoryJournal(Consumer<AuditRecord> witness) {
        this.witness = witness;
    }

    MemoryJournal() {
        this(record -> {});
    }

    void breakDown() {
        broken = true;
    }

    List<IntentRecord> intents() {
        return records.stream()
                .filter(IntentRecord.class::isInstance)
                .map(IntentRecord.class::cast)
                .toList();
    }

    List<OutcomeRecord> outcomes() {
        return records.stream()
                .filter(OutcomeRecord.class::isInstance)
                .map(OutcomeRecord.class::cast)
                .toList();
    }

    @Override
    public long recordDurably(AuditRecord record) {
        if (broken) {
            throw AuditCause.JOURNAL_UNAVAILABLE
                    .with("detail", "broken by the test", "path", "spool")
                    .asException();
        }
        records.add(record);
        witness.accept(record);
        return records.size();
    }

    @Override
    public void record(AuditRecord record) {
        records.add(record);
    }

    @Override
    public boolean accepting() {
        return !broken;
    }
}
