/**
 * The HTTP server on its Unix socket: who may connect, what every request must carry, how failures become answers, and the record of each
 * request. Jetty is known here and nowhere else. Must never know what is served.
 */
@NullMarked
package dev.gatehouse.forge.http;

import org.jspecify.annotations.NullMarked;
