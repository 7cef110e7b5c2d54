package dev.gatehouse.forge.registry;

import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RepositoryName;
import java.time.Instant;

/**
 * A repository that has a name.
 *
 * @param number counts up from 1 and is never given again; what the API calls its ID
 * @param name its name
 * @param id the opaque ID of its directory
 * @param objectFormat the hash of its objects
 * @param defaultBranch what HEAD points to
 * @param description what its owner says of it; may be empty
 * @param createdAt when it was made
 * @param createdBy the key of the principal who made it, or {@code operator}
 */
public record RegisteredRepository(
        long number,
        RepositoryName name,
        String id,
        ObjectFormat objectFormat,
        RefName defaultBranch,
        String description,
        Instant createdAt,
        String createdBy) {}
