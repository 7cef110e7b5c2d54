package dev.gatehouse.core.git;

import dev.gatehouse.core.repository.RefName;
import java.util.List;

/** How far a Git exchange is when it is refused: it decides through which channel the client can still be told why. */
public sealed interface GitPhase {
    /** At {@code info/refs}: an HTTP status and text, which git prints as {@code remote: ...}. */
    record Discovery() implements GitPhase {}

    /** At a POST to git-upload-pack, nothing answered yet: {@code ERR}, in every version and for every command. */
    record Fetch() implements GitPhase {}

    /**
     * At a POST to git-receive-pack, before the client's capabilities were read: a fatal message on side-band 3 and a flush. It is the only form
     * that shows its text with a multiplexing client (as {@code remote: ...}) and with one that is not (within {@code unable to parse remote
     * unpack status: ...}); {@code ERR} shows nothing to the former but {@code bad band #69} (git 2.39.5).
     */
    record PushUnread() implements GitPhase {}

    /**
     * At a POST to git-receive-pack, its head read so far.
     *
     * @param capabilities what the client chose
     * @param refs the refs named so far; each is reported as rejected
     */
    record Push(PushCapabilities capabilities, List<RefName> refs) implements GitPhase {
        public Push {
            refs = List.copyOf(refs);
        }
    }
}
