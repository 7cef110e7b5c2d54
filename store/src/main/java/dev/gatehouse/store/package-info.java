/**
 * SQLite or PostgreSQL behind one door, {@link dev.gatehouse.store.Database}: connections, migrations and transactions; and
 * {@link dev.gatehouse.store.StateFiles} for what is kept in a file of its own. Called by control and
 * the forge. Must never know what is stored, and never build SQL from a value.
 */
@NullMarked
package dev.gatehouse.store;

import org.jspecify.annotations.NullMarked;
