package dev.gatehouse.app.role;

import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.core.cause.StartCause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Set;

/**
 * Where clients arrive.
 *
 * @param listen with a port
 * @param url as people write it
 */
record PublicAddress(Endpoint listen, URI url) {
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "*");

    static PublicAddress of(Preparation preparation) {
        Endpoint asked = preparation.listen();
        Endpoint listen = asked.port() == 0 ? asked.withPort(freePort(asked)) : asked;
        String host = EVERYWHERE.contains(listen.host())
                ? preparation.configuration().hosts().getFirst()
                : listen.host();
        return new PublicAddress(listen, URI.create("https://" + new Endpoint(host, listen.port())));
    }

    /** How to get a credential, in one line. */
    String signIn() {
        return "use an access token as the password (the operator makes one: gatehouse token issue --user NAME)";
    }

    /** The pages that the forge renders name the port, so it is chosen before anything starts. */
    private static int freePort(Endpoint asked) {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(asked.host()))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw StartCause.ADDRESS_INVALID
                    .with("address", asked.toString(), "detail", e.toString())
                    .asException();
        }
    }
}
