package dev.gatehouse.core.git;

/**
 * How much one POST to git-upload-pack may ask.
 *
 * @param wantsMax objects or refs wanted
 * @param havesMax objects that the client says it has
 * @param refPrefixesMax prefixes of {@code ls-refs}
 * @param argumentsMax all other lines
 * @param bodyBytesMax the whole body, inflated
 */
public record FetchLimits(int wantsMax, int havesMax, int refPrefixesMax, int argumentsMax, long bodyBytesMax) {
    /** Room for a first clone of every ref of a repository with half a million, and for long negotiations. */
    public static final FetchLimits DEFAULT = new FetchLimits(500_000, 500_000, 65_536, 65_536, 64L << 20);
}
