/** Tests beside what they test. */
@NullMarked
package dev.gatehouse.control;

import org.jspecify.annotations.NullMarked;
