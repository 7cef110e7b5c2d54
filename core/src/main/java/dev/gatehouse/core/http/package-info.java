/**
 * One normalised view of a request: canonical paths and the header names that carry identity. Must never repair what is not canonical.
 */
@NullMarked
package dev.gatehouse.core.http;

import org.jspecify.annotations.NullMarked;
