/**
 * YAML text read into nodes that keep their positions, and from those into typed values, so that every complaint has file, line and column.
 * Called by the policy compiler and by the configuration. Must never open a file, and never build an object that the text names.
 */
@NullMarked
package dev.gatehouse.core.yaml;

import org.jspecify.annotations.NullMarked;
