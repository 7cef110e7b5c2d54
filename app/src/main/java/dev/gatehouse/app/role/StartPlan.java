package dev.gatehouse.app.role;

import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.app.data.DataFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What a start was asked for.
 *
 * @param data where everything is kept
 * @param configurationFile empty for the one in the data folder
 * @param listen goes before the configuration's
 * @param demo whether to add the demonstration
 * @param runtimeBase where sockets go, as the session says; empty where it says nothing
 * @param temporary where they go otherwise
 * @param clock the time
 * @param out where the person reads
 */
public record StartPlan(
        DataFolder data,
        Optional<Path> configurationFile,
        Optional<Endpoint> listen,
        boolean demo,
        Optional<Path> runtimeBase,
        Path temporary,
        Clock clock,
        PrintWriter out) {}
