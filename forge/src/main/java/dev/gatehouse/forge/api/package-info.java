/**
 * The API, compatible with Gogs as far as it goes: the caller, and repositories. Called by the forge's router. Must never do what the pages and
 * Git could not, and never show what the caller may not read.
 */
@NullMarked
package dev.gatehouse.forge.api;

import org.jspecify.annotations.NullMarked;
