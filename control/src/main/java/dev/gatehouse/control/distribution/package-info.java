/**
 * What nodes work from, and which nodes there are: complete, versioned resources, sent on a stream as they change. Its doors are
 * {@link dev.gatehouse.control.distribution.ResourceHub} and {@link dev.gatehouse.control.distribution.NodeRegistry}. Called by control's
 * services. Must never send part of a resource, and never wait for a slow node.
 */
@NullMarked
package dev.gatehouse.control.distribution;

import org.jspecify.annotations.NullMarked;
