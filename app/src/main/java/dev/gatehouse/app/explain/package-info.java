/**
 * The story of one request, out of the records of all its hops. Doors: {@link dev.gatehouse.app.explain.TraceRecords} finds them,
 * {@link dev.gatehouse.app.explain.TraceStory} tells them, {@link dev.gatehouse.app.explain.RecordLine} tells one in a line.
 *
 * <p>Called by the commands. It tells what was recorded and must never guess what was not.
 */
@NullMarked
package dev.gatehouse.app.explain;

import org.jspecify.annotations.NullMarked;
