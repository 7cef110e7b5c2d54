package dev.gatehouse.app.explain;

import dev.gatehouse.app.data.DataFolder;
import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proto.v1.AuditEntry;
import dev.gatehouse.proto.v1.TailAuditRequest;
import dev.gatehouse.spool.RecordEncoding;
import dev.gatehouse.spool.SpoolEntry;
import dev.gatehouse.spool.SpoolLimits;
import dev.gatehouse.spool.SpoolReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Finds the records of a trace: in the journals on this machine, which are there first, and in control's log, which has those of all nodes. */
public final class TraceRecords {
    private static final int RECORDS_MAX = 10_000;
    /** A record that nobody waits for is written within a fifth of a second: what was asked for at once may not be there yet. */
    private static final int LOOKS_MAX = 5;

    private static final long BETWEEN_LOOKS_MILLIS = 150;

    private final DataFolder data;

    /** Finds records of the installation in {@code data}. */
    public TraceRecords(DataFolder data) {
        this.data = data;
    }

    /**
     * All records of {@code trace}, in the order of their times. Blocks.
     *
     * @throws FailureException with {@code NO_SUCH_TRACE} where there are none
     */
    public List<AuditRecord> find(TraceId trace) {
        Set<AuditRecord> found = Set.of();
        for (int look = 0; look < LOOKS_MAX && !isWhole(found); look++) {
            if (look > 0) {
                pause();
            }
            found = look(trace);
        }
        if (found.isEmpty()) {
            throw StartCause.NO_SUCH_TRACE.with("trace", trace.toString()).asException();
        }
        List<AuditRecord> inOrder = new ArrayList<>(found);
        inOrder.sort(Comparator.comparing(AuditRecord::time));
        return List.copyOf(inOrder);
    }

    private Set<AuditRecord> look(TraceId trace) {
        Set<AuditRecord> found = new LinkedHashSet<>();
        for (Role role : Role.values()) {
            Path folder = data.spool(role);
            if (Files.isDirectory(folder)) {
                SpoolReader.open(folder, RecordEncoding.STANDARD, SpoolLimits.DEFAULT).find(trace).stream()
                        .map(SpoolEntry::record)
                        .forEach(found::add);
            }
        }
        fromControl(trace, found);
        return found;
    }

    private void fromControl(TraceId trace, Set<AuditRecord> found) {
        try (AdminConnection control = AdminConnection.open(data)) {
            TailAuditRequest request = TailAuditRequest.newBuilder()
                    .setTrace(trace.toString())
                    .setCount(RECORDS_MAX)
                    .build();
            Iterator<AuditEntry> entries = control.call(stub -> stub.tailAudit(request));
            control.call(stub -> {
                entries.forEachRemaining(entry -> RecordEncoding.STANDARD
                        .decode(entry.getRecord().toByteArray())
                        .ifPresent(found::add));
                return true;
            });
        } catch (FailureException notRunning) {
            // The journals on this machine can be read without a running instance.
            if (notRunning.failure().cause() != StartCause.NOT_RUNNING) {
                throw notRunning;
            }
        }
    }

    /** Whether the hop that the trace began at is there: it is recorded last, when everything behind it has been. */
    private static boolean isWhole(Set<AuditRecord> found) {
        return found.stream()
                .anyMatch(record -> record instanceof RequestRecord request
                        && request.context().parentId().isEmpty());
    }

    private static void pause() {
        try {
            boolean ended = new CountDownLatch(1).await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
            assert !ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
