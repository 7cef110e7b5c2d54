/**
 * The data folder: who may use it, what lies where, and the short-lived folder with its sockets.
 *
 * <p>Called by the commands and by what starts the roles. It must never read or change what a part keeps in its own files.
 */
@NullMarked
package dev.gatehouse.app.data;

import org.jspecify.annotations.NullMarked;
