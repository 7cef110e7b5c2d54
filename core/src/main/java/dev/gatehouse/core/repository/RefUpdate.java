package dev.gatehouse.core.repository;

/**
 * One command of a push (gitprotocol-pack, "Reference Update Request").
 *
 * @param ref the ref to move
 * @param oldId what the client believes it to be; zero to create
 * @param newId what it shall be; zero to delete
 */
public record RefUpdate(RefName ref, ObjectId oldId, ObjectId newId) {
    /** What a command does, as far as it can be told without the objects. */
    public enum Kind {
        CREATE,
        UPDATE,
        DELETE
    }

    /** @throws IllegalArgumentException where the IDs are of two formats, or both zero */
    public RefUpdate {
        if (oldId.format() != newId.format() || (oldId.isZero() && newId.isZero())) {
            throw new IllegalArgumentException("not a ref update: " + oldId + " " + newId + " " + ref);
        }
    }

    /** Create, update or delete. */
    public Kind kind() {
        if (oldId.isZero()) {
            return Kind.CREATE;
        }
        return newId.isZero() ? Kind.DELETE : Kind.UPDATE;
    }
}
