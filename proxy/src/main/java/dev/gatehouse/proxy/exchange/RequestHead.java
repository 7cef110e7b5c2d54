package dev.gatehouse.proxy.exchange;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request's head, as it came, already checked to be valid HTTP (one length, no smuggling, no hop-by-hop headers left, names lower-cased on
 * HTTP/2 only).
 *
 * @param method such as {@code GET}
 * @param target in origin form, raw: path and query, undecoded and not yet canonical
 * @param authority the host and port that the client asked for ({@code Host} or {@code :authority}); empty where it named none (HTTP/1.0)
 * @param version which HTTP it came over
 * @param headers case-insensitive; changes are forwarded
 * @param hasBody whether a body follows
 */
public record RequestHead(
        String method, String target, String authority, Version version, HttpHeaders headers, boolean hasBody) {
    /** Which HTTP. */
    public enum Version {
        HTTP_1_0,
        HTTP_1_1,
        HTTP_2
    }
}
