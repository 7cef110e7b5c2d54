/** HTTP/1.1 as bytes. */
@NullMarked
package dev.gatehouse.proxy.http1;

import org.jspecify.annotations.NullMarked;
