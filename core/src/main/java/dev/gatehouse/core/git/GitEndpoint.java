package dev.gatehouse.core.git;

import dev.gatehouse.core.repository.RepositoryName;

/** What one request to a Git path does. The permit for one kind never covers the other. */
public sealed interface GitEndpoint {
    /** To which repository. */
    RepositoryName repository();

    /** For which service. */
    GitService service();

    /** How records call it: {@code discover git-receive-pack}, {@code git-upload-pack}. */
    String operation();

    /** The canonical path and query that is forwarded, whatever came. */
    String target();

    /**
     * {@code GET /owner/name.git/info/refs?service=...}: lists refs and capabilities.
     *
     * @param repository to which repository
     * @param service for which service
     */
    record Discovery(RepositoryName repository, GitService service) implements GitEndpoint {
        @Override
        public String operation() {
            return "discover " + service.label();
        }

        @Override
        public String target() {
            return repository.gitPath() + "/info/refs?service=" + service.label();
        }
    }

    /**
     * {@code POST /owner/name.git/git-upload-pack} or {@code git-receive-pack}.
     *
     * @param repository to which repository
     * @param service which service
     */
    record Rpc(RepositoryName repository, GitService service) implements GitEndpoint {
        @Override
        public String operation() {
            return service.label();
        }

        @Override
        public String target() {
            return repository.gitPath() + "/" + service.label();
        }
    }
}
