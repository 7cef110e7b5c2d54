package dev.gatehouse.proxy.http1;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A parsed request head.
 *
 * @param method a token
 * @param target raw, as it came
 * @param minorVersion 0 or 1
 * @param headers as they came
 * @param bodyLength see {@link BodyLength}
 */
public record RequestLine(String method, String target, int minorVersion, HttpHeaders headers, long bodyLength) {}
