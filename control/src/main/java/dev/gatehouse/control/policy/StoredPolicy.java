package dev.gatehouse.control.policy;

import dev.gatehouse.core.policy.Policy;

/**
 * A version of the rules that is, or was, in force.
 *
 * @param number rises by one with every accepted change, from 1
 * @param file the file's name, quoted in decisions
 * @param text as its author wrote it: nodes compile it again
 * @param policy the same, compiled
 */
public record StoredPolicy(long number, String file, String text, Policy policy) {}
