package dev.gatehouse.control;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.cause.AuditCause;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal in memory, that can be made to fail. */
final class MemoryJournal implements AuditJournal {
    private final List<AuditRecord> records = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    @Override
    public long recordDurably(AuditRecord record) {
        if (full) {
            throw AuditCause.JOURNAL_FULL.with("limit", "0").asException();
        }
        records.add(record);
        return records.size();
    }

    @Override
    public void record(AuditRecord record) {
        records.add(record);
    }

    @Override
    public boolean accepting() {
        return !full;
    }

    void fill() {
        full = true;
    }

    List<String> acts() {
        return records.stream()
                .map(record -> record instanceof OperatorRecord operator ? operator.act() : "?")
                .toList();
    }

    String text() {
        return records.toString();
    }
}
