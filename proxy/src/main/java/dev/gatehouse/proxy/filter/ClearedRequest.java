package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.proxy.exchange.ForwardRequest;
import dev.gatehouse.proxy.exchange.Upstream;

/** A request in the form in which it is decided on, and sent. */
record ClearedRequest(String method, String target, Upstream upstream, AccessRequest accessRequest)
        implements ForwardRequest {}
