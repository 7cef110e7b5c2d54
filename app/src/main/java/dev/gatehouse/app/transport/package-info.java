/**
 * How gRPC travels: within the process, over mutual TLS between processes, and over the admin socket on one machine.
 *
 * <p>Doors: {@link dev.gatehouse.app.transport.ControlServers} for control, {@link dev.gatehouse.app.transport.NodeChannel} for a node,
 * {@link dev.gatehouse.app.transport.AdminConnection} for a command. It says who the other end is, and must never say what that may do.
 */
@NullMarked
package dev.gatehouse.app.transport;

import org.jspecify.annotations.NullMarked;
