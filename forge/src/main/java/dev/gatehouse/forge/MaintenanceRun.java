package dev.gatehouse.forge;

import dev.gatehouse.git.MaintenanceStatus;

/**
 * What tidying one repository did.
 *
 * @param before how it was stored
 * @param after how it is
 */
public record MaintenanceRun(MaintenanceStatus before, MaintenanceStatus after) {}
