package dev.gatehouse.control.access;

import java.time.Instant;

/**
 * A new token.
 *
 * @param token shown once; only its hash is kept
 * @param id what to revoke it by
 * @param expiresAt when it stops counting
 */
public record IssuedToken(AccessToken token, String id, Instant expiresAt) {}
