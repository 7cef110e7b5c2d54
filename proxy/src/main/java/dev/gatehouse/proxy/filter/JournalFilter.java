package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;

/** Refuses Git, and whatever may change something, while this node cannot record it (design, decision 8). */
final class JournalFilter implements Filter {
    private final AuditJournal journal;

    JournalFilter(AuditJournal journal) {
        this.journal = journal;
    }

    @Override
    public void onRequest(Exchange exchange, Next next) {
        Addressed addressed = Attributes.required(exchange, Addressed.ATTRIBUTE);
        boolean recorded = addressed.git().isPresent() || !addressed.safe();
        if (recorded && !journal.accepting()) {
            exchange.refuse(AuditCause.JOURNAL_UNAVAILABLE.with(
                    "detail", "the journal of this node takes no records", "path", "its data folder"));
        } else {
            next.proceed();
        }
    }
}
