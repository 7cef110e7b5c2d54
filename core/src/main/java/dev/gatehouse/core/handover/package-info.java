/**
 * What a sidecar hands to our own forge with each request: principal, trace and permit in one header.
 */
@NullMarked
package dev.gatehouse.core.handover;

import org.jspecify.annotations.NullMarked;
