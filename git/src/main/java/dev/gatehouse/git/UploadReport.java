package dev.gatehouse.git;

import dev.gatehouse.core.cause.Failure;
import java.util.Optional;

/**
 * How the answer to one fetch ended.
 *
 * @param command {@code ls-refs}, {@code fetch} or {@code object-info}
 * @param bytes length of the answer
 * @param failure what the client was told instead of a whole answer; empty where it has one
 */
public record UploadReport(String command, long bytes, Optional<Failure> failure) {}
