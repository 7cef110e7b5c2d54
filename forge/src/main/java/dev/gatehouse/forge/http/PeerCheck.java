package dev.gatehouse.forge.http;

import dev.gatehouse.core.cause.TrafficCause;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.server.Request;

/** Asks the kernel who is at the other end of the socket (SO_PEERCRED), once a connection, and refuses everyone but one user. */
final class PeerCheck {
    private static final String KEY = PeerCheck.class.getName();

    private final UserPrincipal expected;

    /** @param expected who may call */
    PeerCheck(UserPrincipal expected) {
        this.expected = expected;
    }

    /**
     * The user at the other end.
     *
     * @throws dev.gatehouse.core.cause.FailureException {@code UNEXPECTED_CALLER} where it is another than expected
     */
    String check(Request request) {
        if (request.getComponents().getCache().getAttribute(KEY) instanceof String known) {
            return known;
        }
        Object transport =
                request.getConnectionMetaData().getConnection().getEndPoint().getTransport();
        String peer = "unknown";
        if (transport instanceof SocketChannel channel) {
            try {
                UserPrincipal user =
                        channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
                if (user.equals(expected)) {
                    request.getComponents().getCache().setAttribute(KEY, user.getName());
                    return user.getName();
                }
                peer = user.getName();
            } catch (IOException unknown) {
                peer = String.valueOf(unknown.getMessage());
            }
        }
        throw TrafficCause.UNEXPECTED_CALLER.with("uid", peer).asException();
    }
}
