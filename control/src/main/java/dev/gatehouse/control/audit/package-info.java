/**
 * The audit log: what nodes ship from their journals, in one order. Its door is {@link dev.gatehouse.control.audit.AuditStore}. Called by
 * control's services. Must never change a record, and never say that one is stored before it is on stable storage.
 */
@NullMarked
package dev.gatehouse.control.audit;

import org.jspecify.annotations.NullMarked;
