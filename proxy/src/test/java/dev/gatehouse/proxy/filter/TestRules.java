package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.policy.Policy;
import dev.gatehouse.core.policy.PolicyCompilation;
import dev.gatehouse.core.policy.PolicyCompiler;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.core.snapshot.TrustBundle;
import java.util.List;

/** Rules and routes to test with. */
public final class TestRules {
    public static final TrustDomain DOMAIN = new TrustDomain("gatehouse.test");
    public static final SpiffeId INGRESS = DOMAIN.id("/ingress");
    public static final SpiffeId SIDECAR = DOMAIN.id("/forge");
    public static final Policy POLICY = policy("""
            version: 1
            groups:
              maintainers: [alice]
            rules:
              - id: developers-push
                allow: [read, push]
                who: {group: maintainers}
                repos: demo/*
              - id: bob-reads
                allow: read
                who: {user: bob}
                repos: demo/*
              - id: ci-reads
                allow: [read]
                who: {workload: ci-runner}
                repos: demo/*
              - id: alice-creates
                allow: create
                who: {user: alice}
                repos: alice/*
              - id: bob-calls
                allow: call
                who: {user: bob}
                services: shop
              - id: main-is-protected
                forbid: [push, force-push, delete]
                repos: demo/hello
                refs: [refs/heads/main]
                explain: main changes only by review
                remedy: git push origin HEAD:refs/heads/my-branch
            """);

    private TestRules() {}

    public static Policy policy(String text) {
        return switch (new PolicyCompiler(DOMAIN).compile("policy.yaml", text, 1)) {
            case PolicyCompilation.Compiled compiled -> compiled.policy();
            case PolicyCompilation.Rejected rejected ->
                throw new AssertionError(rejected.problems().toString());
        };
    }

    /** The rules above, with the forge at the root and a shop beside it. */
    public static Snapshot snapshot(Revocations revocations) {
        return new Snapshot(
                POLICY,
                List.of(
                        new Route("forge", "/", "127.0.0.1", 1, SIDECAR),
                        new Route("shop", "/shop", "127.0.0.1", 2, DOMAIN.id("/shop"))),
                List.of(),
                new TrustBundle(DOMAIN, List.of()),
                revocations);
    }

    /** A source that never changes. */
    public static SnapshotSource source(Snapshot snapshot) {
        return new SnapshotSource() {
            @Override
            public Snapshot current() {
                return snapshot;
            }

            @Override
            public AutoCloseable onChange(Runnable listener) {
                return () -> {};
            }
        };
    }

    /** A journal that forgets everything. */
    public static AuditJournal journal(boolean accepting) {
        return new AuditJournal() {
            @Override
            public long recordDurably(AuditRecord record) {
                return 1;
            }

            @Override
            public void record(AuditRecord record) {}

            @Override
            public boolean accepting() {
                return accepting;
            }
        };
    }
}
