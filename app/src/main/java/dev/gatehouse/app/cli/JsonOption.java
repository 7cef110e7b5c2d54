package dev.gatehouse.app.cli;

import picocli.CommandLine.Option;

/** {@code --json}, for every command that reads. */
final class JsonOption {
    @Option(names = "--json", description = "Print JSON, for scripts.")
    boolean wanted;
}
