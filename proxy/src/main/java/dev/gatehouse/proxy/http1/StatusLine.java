package dev.gatehouse.proxy.http1;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A parsed response head.
 *
 * @param status 100 to 599
 * @param minorVersion 0 or 1
 * @param headers as they came
 * @param bodyLength see {@link BodyLength}
 */
public record StatusLine(int status, int minorVersion, HttpHeaders headers, long bodyLength) {}
