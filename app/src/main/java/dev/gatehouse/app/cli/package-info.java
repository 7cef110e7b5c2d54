/**
 * The commands, as people and scripts type them: arguments in, text and exit status out. Door: {@link dev.gatehouse.app.cli.CommandLines}.
 *
 * <p>A command parses, asks another package, and prints. It must never decide anything about access, nor open a file that belongs to a part.
 */
@NullMarked
package dev.gatehouse.app.cli;

import org.jspecify.annotations.NullMarked;
