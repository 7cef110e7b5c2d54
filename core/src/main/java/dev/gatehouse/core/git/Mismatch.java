package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.repository.ObjectFormat;
import java.util.Optional;

/** Words the refusal of a client whose hash is not the repository's. */
final class Mismatch {
    private Mismatch() {}

    static Failure between(Optional<ObjectFormat> served, String asked) {
        return WireCause.OBJECT_FORMAT_MISMATCH.with(
                "served", served.orElse(ObjectFormat.SHA1).label(), "asked", asked);
    }

    static Failure between(ObjectFormat served, ObjectFormat asked) {
        return between(Optional.of(served), asked.label());
    }
}
