package dev.gatehouse.forge.http;

import java.io.IOException;

/** Answers requests. */
public interface Service {
    /**
     * Answers one request, on its own virtual thread. It may block.
     *
     * @throws dev.gatehouse.core.cause.FailureException to have that rendered as the answer
     * @throws IOException where the client is gone
     */
    void serve(Exchange exchange) throws IOException;
}
