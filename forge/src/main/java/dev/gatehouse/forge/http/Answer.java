package dev.gatehouse.forge.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A whole answer.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body its bytes; the receiver does not change them
 * @param headers further headers
 */
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    public static final String TEXT = "text/plain; charset=utf-8";
    public static final String HTML = "text/html; charset=utf-8";
    public static final String JSON = "application/json; charset=utf-8";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Text that nobody may keep. */
    public static Answer of(int status, String contentType, String body) {
        return new Answer(
                status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of("Cache-Control", "no-store"));
    }
}
