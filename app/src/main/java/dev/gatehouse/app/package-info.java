/**
 * The program: its entry point. Everything else is in the packages below. Called by the launcher; never by another part.
 */
@NullMarked
package dev.gatehouse.app;

import org.jspecify.annotations.NullMarked;
