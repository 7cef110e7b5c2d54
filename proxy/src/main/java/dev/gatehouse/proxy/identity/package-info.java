/**
 * Who is calling: reads credentials and certificates, asks control what a credential is worth, and carries the answer from the ingress to a
 * sidecar in a signed assertion. Called by {@code proxy.filter}. Must never decide what a caller may do, and never keep or log a secret.
 */
@NullMarked
package dev.gatehouse.proxy.identity;

import org.jspecify.annotations.NullMarked;
