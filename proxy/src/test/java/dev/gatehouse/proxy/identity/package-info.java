/** Tests of {@code proxy.identity}. */
@NullMarked
package dev.gatehouse.proxy.identity;

import org.jspecify.annotations.NullMarked;
