package dev.gatehouse.forge;

import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.git.MaintenanceStatus;

/**
 * How one repository is stored.
 *
 * @param name as people know it
 * @param status its packs, and when they were last tidied
 */
public record RepositoryStorage(RepositoryName name, MaintenanceStatus status) {}
