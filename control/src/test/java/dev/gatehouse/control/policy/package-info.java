/** Tests beside what they test. */
@NullMarked
package dev.gatehouse.control.policy;

import org.jspecify.annotations.NullMarked;
