package dev.gatehouse.forge;

import java.nio.file.Path;

/**
 * How a forge stands.
 *
 * @param socket where it listens
 * @param repositories how many there are
 * @param maintenanceQueued how many of them wait to be tidied
 * @param openIntentsResolved how many pushes that a crash had cut off were resolved at the start
 */
public record ForgeStatus(Path socket, int repositories, int maintenanceQueued, int openIntentsResolved) {}
