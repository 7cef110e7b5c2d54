/**
 * Which repositories there are, by name, and who may make, see and remove them. Called by the Git, API and page handlers. Must never act
 * without asking the policy of that moment, and never let an answer tell whether a repository exists to one who may not know.
 */
@NullMarked
package dev.gatehouse.forge.registry;

import org.jspecify.annotations.NullMarked;
