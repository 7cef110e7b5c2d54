/** Tests beside what they test. */
@NullMarked
package dev.gatehouse.control.access;

import org.jspecify.annotations.NullMarked;
