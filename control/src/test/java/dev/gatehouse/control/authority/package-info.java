/** Tests beside what they test. */
@NullMarked
package dev.gatehouse.control.authority;

import org.jspecify.annotations.NullMarked;
