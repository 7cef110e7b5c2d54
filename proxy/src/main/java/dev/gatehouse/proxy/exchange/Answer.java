package dev.gatehouse.proxy.exchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer made here. {@code Content-Length}, {@code Date}, the trace and, for a failure, {@code Proxy-Status} are added when it is sent.
 *
 * @param status such as 403
 * @param headers in order; a name may come more than once
 * @param body the whole body; not to be changed afterwards
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, List<Header> headers, byte[] body) {
    /** One header line. */
    public record Header(String name, String value) {}

    public Answer {
        headers = List.copyOf(headers);
    }

    /** Plain text in UTF-8. */
    public static Answer text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of some type, never to be cached. */
    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(
                status,
                List.of(new Header("content-type", contentType), new Header("cache-control", "no-store")),
                body);
    }

    /** The same with one more header line. */
    public Answer with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Answer(status, more, body);
    }
}
