/**
 * The data plane's public door: a proxy is built from settings, filters and sources, started, and stopped. Called by {@code app}. Must never know
 * gRPC or a database.
 */
@NullMarked
package dev.gatehouse.proxy;

import org.jspecify.annotations.NullMarked;
