package dev.gatehouse.proxy.filter;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** Where a request came from, as the edge saw it: written by our ingress, believed from our ingress, for records and for applications. */
final class ClientAddress {
    static final String FOR = "x-forwarded-for";
    static final String PROTO = "x-forwarded-proto";
    static final String HOST = "x-forwarded-host";

    private static final String HTTPS = "https";

    private ClientAddress() {}

    static void write(HttpHeaders headers, String address, String authority) {
        headers.set(FOR, address);
        headers.set(PROTO, HTTPS);
        if (!authority.isEmpty()) {
            headers.set(HOST, authority);
        }
    }

    /** The address that the edge wrote; where there is not exactly one, that of the connection. */
    static String read(HttpHeaders headers, String connection) {
        List<String> written = headers.getAll(FOR);
        return written.size() == 1 ? written.getFirst() : connection;
    }
}
