/**
 * The rules in force: which version, where it came from, and how a new one takes its place. Its door is
 * {@link dev.gatehouse.control.policy.PolicyStore}. Called by control's services. Must never take a version that cannot be used whole, and
 * never decide a request: nodes do.
 */
@NullMarked
package dev.gatehouse.control.policy;

import org.jspecify.annotations.NullMarked;
