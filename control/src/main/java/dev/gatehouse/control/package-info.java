/**
 * Control: the authority, sign-in, the rules, what nodes work from, and the audit log, as two gRPC services. Its door is
 * {@link dev.gatehouse.control.Control}; the app puts it on transports. Must never decide a request to a service: nodes do, with what they get
 * from here.
 */
@NullMarked
package dev.gatehouse.control;

import org.jspecify.annotations.NullMarked;
