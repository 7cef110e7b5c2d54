/**
 * What is recorded, and the journal it is written to. Every part records through an {@link dev.gatehouse.core.audit.AuditJournal}; {@code spool}
 * implements it. Must never do I/O, and never carry a secret.
 */
@NullMarked
package dev.gatehouse.core.audit;

import org.jspecify.annotations.NullMarked;
