/**
 * The certificate authorities: the mesh's own, which issues X.509-SVIDs, and the web's, which browsers and Git clients trust. Two roots that
 * never meet. Called by {@link dev.gatehouse.control.Control}. Must never decide who may have an identity, and never let a key out of its
 * files but the one it makes for a workload that asked for it.
 */
@NullMarked
package dev.gatehouse.control.authority;

import org.jspecify.annotations.NullMarked;
