package dev.gatehouse.core.git;

import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefUpdate;
import java.util.List;

/**
 * All that a push says before its pack.
 *
 * @param updates the commands, in their order, each ref once
 * @param capabilities what the client chose
 * @param shallow where the client's history is cut
 * @param pushOptions in their order
 * @param headBytes how long all this was; the pack starts there
 */
public record PushHead(
        List<RefUpdate> updates,
        PushCapabilities capabilities,
        List<ObjectId> shallow,
        List<String> pushOptions,
        long headBytes) {
    public PushHead {
        updates = List.copyOf(updates);
        shallow = List.copyOf(shallow);
        pushOptions = List.copyOf(pushOptions);
    }

    /** Whether a pack follows: not where the push only deletes (gitprotocol-pack, "Packfile transfer"). */
    public boolean packFollows() {
        return updates.stream().anyMatch(update -> !update.newId().isZero());
    }
}
