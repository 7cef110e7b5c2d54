package dev.gatehouse.proxy.exchange;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * The head of an answer from upstream, hop-by-hop headers removed.
 *
 * @param status such as 200
 * @param headers case-insensitive; changes are sent downstream
 */
public record ResponseHead(int status, HttpHeaders headers) {}
