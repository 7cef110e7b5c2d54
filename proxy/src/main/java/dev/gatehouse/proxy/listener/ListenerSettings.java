package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.audit.Role;

/**
 * One listener.
 *
 * @param name for logs and status
 * @param role which part of the product its requests meet here
 * @param binding where it listens
 * @param security how its connections are secured
 * @param edge whether those who call are outside: then the trace begins here, and headers that claim an identity are removed
 */
public record ListenerSettings(String name, Role role, Binding binding, Security security, boolean edge) {}
