/**
 * A node's own journal on disk: what every part records goes here first, is made durable here, and is shipped to control from here. Called by
 * {@code app}, which opens it, hands it to the parts as their {@link dev.gatehouse.core.audit.AuditJournal}, and ships it; and by
 * {@code gatehouse explain}, which reads it beside a running writer. Must never interpret what it keeps beyond intents and outcomes, never lose
 * a synced record, and never make an event loop wait.
 */
@NullMarked
package dev.gatehouse.spool;

import org.jspecify.annotations.NullMarked;
