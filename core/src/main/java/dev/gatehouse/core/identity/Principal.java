package dev.gatehouse.core.identity;

import java.util.Set;

/** Who a request is made for. The {@link #key()} decides; the {@link #displayName()} is for people to read. */
public sealed interface Principal {
    /** The immutable identity: {@code issuer|subject} of a person, the SPIFFE ID of a workload. Never reassigned. */
    String key();

    /** What people call this principal. Not unique, and never compared. */
    String displayName();

    /**
     * A person, vouched for by an issuer.
     *
     * @param issuer who vouches, {@value LOCAL} for the accounts of this installation
     * @param subject immutable within the issuer
     * @param displayName for people to read
     * @param groups the groups that the policy names, as {@code issuer:group} or, for local groups, as they are
     */
    record Person(String issuer, String subject, String displayName, Set<String> groups) implements Principal {
        /** The issuer of local accounts. A local account's name is its subject, and is never given to another account. */
        public static final String LOCAL = "local";

        public Person {
            groups = Set.copyOf(groups);
        }

        /** A local account. */
        public static Person local(String name, Set<String> groups) {
            return new Person(LOCAL, name, name, groups);
        }

        @Override
        public String key() {
            return issuer + "|" + subject;
        }
    }

    /**
     * A job or service, known by its SVID.
     *
     * @param id its SPIFFE ID
     */
    record Workload(SpiffeId id) implements Principal {
        @Override
        public String key() {
            return id.toString();
        }

        /** The last part of the path, where there is one. */
        @Override
        public String displayName() {
            int slash = id.path().lastIndexOf('/');
            return slash < 0 ? id.toString() : id.path().substring(slash + 1);
        }
    }
}
