package dev.gatehouse.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.policy.RuleReference;
import dev.gatehouse.core.repository.RefUpdate;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** One command of a push on its way through the checks. Used by the push's thread alone. Once refused it stays so. */
final class PushCommand {
    private final RefUpdate update;
    private final ObjectId oldId;
    private final ObjectId newId;
    private ObjectId peeledId = ObjectId.zeroId();
    private RuleReference rule = RuleReference.defaultDeny();
    private boolean forced;
    private @Nullable Failure failure;

    PushCommand(RefUpdate update) {
        this.update = update;
        this.oldId = ObjectIds.toStored(update.oldId());
        this.newId = ObjectIds.toStored(update.newId());
    }

    RefUpdate update() {
        return update;
    }

    String ref() {
        return update.ref().value();
    }

    ObjectId oldId() {
        return oldId;
    }

    ObjectId newId() {
        return newId;
    }

    boolean isDelete() {
        return update.kind() == RefUpdate.Kind.DELETE;
    }

    boolean isAlive() {
        return failure == null;
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    void refuse(Failure why) {
        if (failure == null) {
            failure = why;
        }
    }

    boolean isForced() {
        return forced;
    }

    void setForced() {
        forced = true;
    }

    RuleReference rule() {
        return rule;
    }

    void setRule(RuleReference permitting) {
        rule = permitting;
    }

    /** What the new value leads to when tags are followed. */
    ObjectId peeledId() {
        return peeledId;
    }

    void setPeeledId(ObjectId peeled) {
        peeledId = peeled;
    }
}
