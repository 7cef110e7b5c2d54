package dev.gatehouse.core.policy;

import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RepositoryName;

/** What an action is done to. */
public sealed interface Resource {
    /** For people to read. */
    String label();

    /**
     * A repository as a whole.
     *
     * @param name which
     */
    record Repository(RepositoryName name) implements Resource {
        @Override
        public String label() {
            return name.toString();
        }
    }

    /**
     * One ref.
     *
     * @param repository which repository
     * @param name which ref
     */
    record Ref(RepositoryName repository, RefName name) implements Resource {
        @Override
        public String label() {
            return name + " of " + repository;
        }
    }

    /**
     * Some ref that is not known yet: asked early, before a push has named its refs. Allowed where at least one ref may be allowed; the permit
     * counts for that early step alone.
     *
     * @param repository which repository
     */
    record SomeRef(RepositoryName repository) implements Resource {
        @Override
        public String label() {
            return repository.toString();
        }
    }

    /**
     * A service that is not Git.
     *
     * @param name as the configuration calls it
     */
    record Service(String name) implements Resource {
        @Override
        public String label() {
            return "service " + name;
        }
    }

    /**
     * What the product itself serves to everyone, signed in or not: the start page, help for signing in, health.
     *
     * @param path its canonical path
     */
    record PublicPage(String path) implements Resource {
        @Override
        public String label() {
            return path;
        }
    }

    /**
     * What the product itself serves to everyone who is signed in; what happens there is decided again where it takes effect.
     *
     * @param path its canonical path
     */
    record SignedInPage(String path) implements Resource {
        @Override
        public String label() {
            return path;
        }
    }
}
