/** Identities: what counts as an X.509-SVID, and what does not. */
@NullMarked
package dev.gatehouse.proxy.tls;

import org.jspecify.annotations.NullMarked;
