package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.policy.Authorisable;

/** What is sent upstream, in the form it was authorised in. Only a {@code Permitted<ForwardRequest>} can be forwarded. */
public interface ForwardRequest extends Authorisable {
    /** The HTTP method that is sent. */
    String method();

    /** The request target that is sent: canonical path and query, in origin form. */
    String target();

    /** Where it goes. */
    Upstream upstream();
}
