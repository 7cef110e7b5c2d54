/** Tests of {@code proxy.git}. */
@NullMarked
package dev.gatehouse.proxy.git;

import org.jspecify.annotations.NullMarked;
