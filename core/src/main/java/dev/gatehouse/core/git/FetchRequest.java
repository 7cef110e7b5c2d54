package dev.gatehouse.core.git;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one POST to git-upload-pack asked, for the record.
 *
 * @param version which protocol it spoke
 * @param command {@code ls-refs}, {@code fetch}, {@code object-info} or {@code probe}; {@code fetch} for versions 0 and 1
 * @param wants how many objects or refs it wants
 * @param haves how many it says it has
 * @param depth of a shallow fetch
 * @param filter of a partial fetch
 * @param agent the client's name and version
 * @param bodyBytes the length of the body
 */
public record FetchRequest(
        GitProtocolVersion version,
        String command,
        int wants,
        int haves,
        OptionalInt depth,
        Optional<String> filter,
        Optional<String> agent,
        long bodyBytes) {}
