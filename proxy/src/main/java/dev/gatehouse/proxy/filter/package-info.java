/**
 * What is done with a request between its head and its forwarding: canonical form, identity, policy, assertion, hand-over. The public doors are
 * {@link dev.gatehouse.proxy.filter.EdgeFilters} and {@link dev.gatehouse.proxy.filter.SidecarFilters}, called by whoever puts a listener
 * together. Must never block, and never forward what was not cleared.
 */
@NullMarked
package dev.gatehouse.proxy.filter;

import org.jspecify.annotations.NullMarked;
