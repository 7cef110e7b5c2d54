/** Tests beside what they test. */
@NullMarked
package dev.gatehouse.control.audit;

import org.jspecify.annotations.NullMarked;
