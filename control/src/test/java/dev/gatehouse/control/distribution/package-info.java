/** Tests beside what they test. */
@NullMarked
package dev.gatehouse.control.distribution;

import org.jspecify.annotations.NullMarked;
