/**
 * Identities on the wire: X.509-SVIDs, their validation, and TLS contexts that are replaced whole when an identity or a bundle changes. Called by
 * listeners and upstreams. Must never let a session, a ticket or a context outlive the identity it was made with.
 */
@NullMarked
package dev.gatehouse.proxy.tls;

import org.jspecify.annotations.NullMarked;
