package dev.gatehouse.core.policy;

/**
 * Where a decision comes from.
 *
 * @param id the rule's ID, or {@value DEFAULT} where no rule matched
 * @param file the file's name, such as {@code policy.yaml}; {@value BUILT_IN_FILE} for what the product itself decides
 * @param line one-based; 0 where there is no line
 */
public record RuleReference(String id, String file, int line) {
    /** The ID of "no rule allows it". */
    public static final String DEFAULT = "default-deny";

    private static final String BUILT_IN_FILE = "built-in";

    /** No rule matched. */
    public static RuleReference defaultDeny() {
        return new RuleReference(DEFAULT, BUILT_IN_FILE, 0);
    }

    /** Decided by the product, whatever the rules say. */
    public static RuleReference builtIn(String id) {
        return new RuleReference(id, BUILT_IN_FILE, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? id : id + " (" + file + ":" + line + ")";
    }
}
