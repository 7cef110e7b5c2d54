/**
 * Who may sign in: local accounts, access tokens, the first administrator's link, and what of it was revoked. Its door is
 * {@link dev.gatehouse.control.access.Access}. Called by control's services. Must never keep a secret, only its hash, and never decide what
 * somebody may do: that is the policy.
 */
@NullMarked
package dev.gatehouse.control.access;

import org.jspecify.annotations.NullMarked;
