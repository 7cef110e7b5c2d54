/** Tests beside what they test. */
@NullMarked
package dev.gatehouse.proto;

import org.jspecify.annotations.NullMarked;
