/**
 * The Git wire protocol as a proxy needs it: pkt-lines, endpoints, push commands, v2 commands, report-status. Untrusted bytes come in, bounded
 * values go out. Must never need a repository.
 */
@NullMarked
package dev.gatehouse.core.git;

import org.jspecify.annotations.NullMarked;
