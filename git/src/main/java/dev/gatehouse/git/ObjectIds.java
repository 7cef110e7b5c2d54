package dev.gatehouse.git;

import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.ObjectId;
import org.eclipse.jgit.lib.AnyObjectId;

/** Between core's object IDs and JGit's, which are SHA-1 only. */
final class ObjectIds {
    private ObjectIds() {}

    static ObjectId toCore(AnyObjectId id) {
        return new ObjectId(ObjectFormat.SHA1, id.name());
    }

    /** @throws IllegalArgumentException where the ID is not SHA-1: the format was to be checked before */
    static org.eclipse.jgit.lib.ObjectId toStored(ObjectId id) {
        if (id.format() != ObjectFormat.SHA1) {
            throw new IllegalArgumentException("the store holds sha1 only: " + id);
        }
        return org.eclipse.jgit.lib.ObjectId.fromString(id.hex());
    }
}
