package dev.gatehouse.forge;

import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.policy.Policy;
import dev.gatehouse.core.policy.PolicyCompilation;
import dev.gatehouse.core.policy.PolicyCompiler;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.core.snapshot.TrustBundle;
import java.util.List;

/** Rules and revocations that a test can change. */
final class TestSnapshots implements SnapshotSource {
    static final TrustDomain DOMAIN = new TrustDomain("gatehouse.test");

    /** Alice does everything in demo and alice, bob reads demo, mallory nothing, ci-runner reads demo. */
    static final String RULES = """
            version: 1
            rules:
              - id: alice-owns
                allow: [read, push, create, delete, force-push]
                who: {user: alice}
                repos: ["demo/*", "alice/*"]
              - id: bob-reads
                allow: read
                who: {user: bob}
                repos: demo/*
              - id: carol-pushes
                allow: [read, push]
                who: {user: carol}
                repos: demo/*
              - id: ci-reads
                allow: read
                who: {workload: ci-runner}
                repos: demo/*
              - id: protected
                forbid: [push, force-push, delete]
                repos: demo/hello
                refs: [refs/heads/release]
            """;

    private volatile Snapshot current = snapshot(RULES, Revocations.NONE, 1);

    private static Snapshot snapshot(String rules, Revocations revocations, long number) {
        Policy policy = switch (new PolicyCompiler(DOMAIN).compile("policy.yaml", rules, number)) {
            case PolicyCompilation.Compiled compiled -> compiled.policy();
            case PolicyCompilation.Rejected rejected ->
                throw new AssertionError(rejected.problems().toString());
        };
        return new Snapshot(policy, List.of(), List.of(), new TrustBundle(DOMAIN, List.of()), revocations);
    }

    void revoke(Revocations revocations) {
        current = snapshot(RULES, revocations, 2);
    }

    @Override
    public Snapshot current() {
        return current;
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        return () -> {};
    }
}
