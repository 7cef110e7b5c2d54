/**
 * The only place where parts are put together: each role out of its parts, and all of them in one process. Door:
 * {@link dev.gatehouse.app.role.Processes}.
 *
 * <p>Called by the commands. It wires and orders starts and stops, and must hold no logic of any part.
 */
@NullMarked
package dev.gatehouse.app.role;

import org.jspecify.annotations.NullMarked;
