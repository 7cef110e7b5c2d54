package dev.gatehouse.forge;

import dev.gatehouse.forge.http.ForgeServer;
import dev.gatehouse.git.GitLimits;
import java.net.URI;
import java.nio.file.Path;

/**
 * How a forge is set up.
 *
 * @param socket where it listens: a path under 108 bytes, in a folder of its own, which is made private
 * @param publicUrl how people reach the ingress, such as {@code https://git.example.org}; without a path
 * @param http the bounds of its HTTP server
 * @param git the bounds of its repositories
 */
public record ForgeSettings(Path socket, URI publicUrl, ForgeServer.HttpLimits http, GitLimits git) {
    /** @throws IllegalArgumentException where the URL is not an address of a server alone */
    public ForgeSettings {
        if (publicUrl.getHost() == null
                || (publicUrl.getPath() != null && !publicUrl.getPath().isEmpty())) {
            throw new IllegalArgumentException("not the address of a server: " + publicUrl);
        }
    }

    /** With the default bounds. */
    public static ForgeSettings of(Path socket, URI publicUrl) {
        return new ForgeSettings(socket, publicUrl, ForgeServer.HttpLimits.DEFAULT, GitLimits.defaults());
    }
}
