/**
 * The mapping between the wire's messages and core's types, both ways; with the generated stubs, the only place where protobuf types appear
 * beside the services themselves. Called by control and by the agent of a node. Must never decide anything: what cannot be read is a
 * failure, never a guess.
 */
@NullMarked
package dev.gatehouse.proto;

import org.jspecify.annotations.NullMarked;
