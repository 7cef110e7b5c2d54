/** The data plane as a whole, with real sockets. */
@NullMarked
package dev.gatehouse.proxy;

import org.jspecify.annotations.NullMarked;
