package dev.gatehouse.core.identity;

import java.time.Instant;

/**
 * A principal, and the proof it came with.
 *
 * @param principal who
 * @param method how it was proved
 * @param credentialId what to revoke: the token's public ID, or the certificate's serial number in hex; never a secret
 * @param expiresAt when the proof stops counting
 */
public record Caller(Principal principal, AuthenticationMethod method, String credentialId, Instant expiresAt) {}
