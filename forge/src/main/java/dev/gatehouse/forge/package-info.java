/**
 * The Git host, in the place of Gogs: an ordinary HTTP server on a Unix socket behind a sidecar, with repositories, an API and pages. {@code app}
 * starts it through {@link dev.gatehouse.forge.Forge}. Must never know TLS, never believe an identity that did not come as a handover over its
 * own socket, and never change anything that the policy of that moment does not allow.
 */
@NullMarked
package dev.gatehouse.forge;

import org.jspecify.annotations.NullMarked;
