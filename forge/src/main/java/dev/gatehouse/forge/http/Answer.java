package dev.gatehouse.forge.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A whole answer. Immutable as long as nobody changes the body that it was made from. */
public final class Answer {
    public static final String TEXT = "text/plain; charset=utf-8";
    public static final String HTML = "text/html; charset=utf-8";
    public static final String JSON = "application/json; charset=utf-8";

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> headers;

    /**
     * @param status the HTTP status
     * @param contentType of the body
     * @param body its bytes, which are not copied
     * @param headers further headers
     */
    public Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = Map.copyOf(headers);
    }

    /** Text that nobody may keep. */
    public static Answer of(int status, String contentType, String body) {
        return new Answer(
                status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of("Cache-Control", "no-store"));
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    byte[] body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }
}
