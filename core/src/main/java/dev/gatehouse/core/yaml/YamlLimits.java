package dev.gatehouse.core.yaml;

/**
 * What a text may cost.
 *
 * @param textCharsMax the length of the text, in UTF-16 units
 * @param depthMax how deep lists and maps may nest
 * @param nodesMax how many scalars, lists and maps there may be, keys included
 */
public record YamlLimits(int textCharsMax, int depthMax, int nodesMax) {
    /** Enough for thousands of rules, little enough to read in a second. */
    public static final YamlLimits DEFAULT = new YamlLimits(1024 * 1024, 16, 200_000);
}
