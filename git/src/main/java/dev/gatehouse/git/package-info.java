/**
 * The Git host on JGit: repositories in opaque directories, upload-pack, receive-pack with its quarantine and ref gate, maintenance. The forge
 * calls it from its HTTP handlers with streams. Must never start a process, check out a working tree, use a user's string in a path, or move a
 * ref without a durable intent.
 */
@NullMarked
package dev.gatehouse.git;

import org.jspecify.annotations.NullMarked;
