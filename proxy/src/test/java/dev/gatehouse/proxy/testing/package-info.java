/** What tests of the data plane stand on: a CA, sources that change, a journal that remembers, raw sockets. */
@NullMarked
package dev.gatehouse.proxy.testing;

import org.jspecify.annotations.NullMarked;
