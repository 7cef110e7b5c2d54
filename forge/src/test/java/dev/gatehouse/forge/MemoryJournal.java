package dev.gatehouse.forge;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.cause.AuditCause;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal that remembers, and that can be told to refuse. */
final class MemoryJournal implements AuditJournal {
    private final List<AuditRecord> records = new CopyOnWriteArrayList<>();
    private volatile boolean accepting = true;

    void accepting(boolean now) {
        accepting = now;
    }

    List<AuditRecord> records() {
        return records;
    }

    <T extends AuditRecord> List<T> records(Class<T> kind) {
        return records.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public long recordDurably(AuditRecord record) {
        if (!accepting) {
            throw AuditCause.JOURNAL_UNAVAILABLE
                    .with("detail", "a test says so", "path", "memory")
                    .asException();
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
        return accepting;
    }
}
