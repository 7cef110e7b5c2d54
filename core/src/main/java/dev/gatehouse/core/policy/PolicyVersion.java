package dev.gatehouse.core.policy;

/**
 * One version of the rules.
 *
 * @param number rises by one with every accepted change, from 1
 * @param digest the first 12 hex digits of the text's SHA-256
 */
public record PolicyVersion(long number, String digest) {
    @Override
    public String toString() {
        return number + "@" + digest;
    }
}
