/**
 * The rules and their evaluator. The only place that makes permits, so that forwarding what was not authorised does not compile.
 */
@NullMarked
package dev.gatehouse.core.policy;

import org.jspecify.annotations.NullMarked;
