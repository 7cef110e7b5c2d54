/**
 * What is called on: repository names, ref names, object IDs with their format, ref updates. Values only, each canonical or not
 * constructible.
 */
@NullMarked
package dev.gatehouse.core.repository;

import org.jspecify.annotations.NullMarked;
