package dev.gatehouse.app.role;

import dev.gatehouse.app.transport.ControlServers;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.forge.Forge;
import dev.gatehouse.forge.ForgeSettings;
import dev.gatehouse.forge.http.ForgeServer;
import dev.gatehouse.git.DurableFiles;
import dev.gatehouse.git.GitEngine;
import dev.gatehouse.git.GitLimits;
import dev.gatehouse.git.Repositories;
import dev.gatehouse.store.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The Git host on its node. */
final class ForgeRole implements AutoCloseable {
    private final Node node;
    private final Repositories repositories;
    private final Forge forge;

    private ForgeRole(Node node, Repositories repositories, Forge forge) {
        this.node = node;
        this.repositories = repositories;
        this.forge = forge;
    }

    static ForgeRole start(
            Preparation preparation, Node node, Database database, URI publicUrl, ControlServers servers) {
        node.agent().awaitSnapshot();
        GitLimits limits = LimitMapping.git(preparation.configuration().limits());
        SecureRandom random = new SecureRandom();
        Repositories repositories = open(preparation.data().repositories(), limits, random);
        Forge forge = Forge.start(
                new ForgeSettings(
                        preparation.runtime().forgeSocket(), publicUrl, ForgeServer.HttpLimits.DEFAULT, limits),
                new Forge.Parts(
                        database,
                        repositories,
                        node.agent().snapshots(),
                        node.journal(),
                        node.journal().openIntents(),
                        preparation.plan().clock(),
                        random,
                        random,
                        node.agent().setup()));
        servers.adminSocket(
                preparation.runtime().forgeOperatorSocket(), new ForgeOperatorService(forge, node.journal()));
        return new ForgeRole(node, repositories, forge);
    }

    Forge forge() {
        return forge;
    }

    Repositories repositories() {
        return repositories;
    }

    Node node() {
        return node;
    }

    private static Repositories open(Path folder, GitLimits limits, SecureRandom random) {
        try {
            GitEngine.installForHeap();
            return new Repositories(folder, limits, DurableFiles.ofSystem(), random);
        } catch (IOException e) {
            throw StartCause.DATA_UNREADABLE
                    .with("path", folder.toString(), "detail", e.toString())
                    .asException();
        }
    }

    @Override
    public void close() {
        forge.close();
        node.close();
    }
}
