/** Tests of {@code proxy.filter}. */
@NullMarked
package dev.gatehouse.proxy.filter;

import org.jspecify.annotations.NullMarked;
