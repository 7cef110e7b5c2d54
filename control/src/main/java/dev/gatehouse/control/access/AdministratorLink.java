package dev.gatehouse.control.access;

import java.time.Instant;

/**
 * A link with which the first administrator makes an account.
 *
 * @param secret for the link's fragment; only its hash is kept
 * @param expiresAt when it stops counting, also where nobody has used it
 */
public record AdministratorLink(String secret, Instant expiresAt) {
    @Override
    public String toString() {
        return "AdministratorLink[until " + expiresAt + "]";
    }
}
