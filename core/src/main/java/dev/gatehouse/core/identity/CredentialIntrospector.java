package dev.gatehouse.core.identity;

import java.util.concurrent.CompletionStage;

/** Asks control what a credential is worth (after RFC 7662). Never blocks; safe for all threads. */
public interface CredentialIntrospector {
    /** Completes with the answer, also when control cannot be reached; never exceptionally. May complete on any thread. */
    CompletionStage<Introspection> introspect(Credential credential);
}
