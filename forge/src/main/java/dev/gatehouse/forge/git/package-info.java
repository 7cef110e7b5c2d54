/**
 * Smart HTTP: the three Git requests of a repository, handed as streams to the module {@code git}. Called by the forge's router. Must never hold a
 * body, and never answer a Git client with anything it does not show to its user.
 */
@NullMarked
package dev.gatehouse.forge.git;

import org.jspecify.annotations.NullMarked;
