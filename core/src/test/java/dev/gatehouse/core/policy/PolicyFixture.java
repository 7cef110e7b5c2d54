package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.Set;

/** What the tests of the policy share: a trust domain, names, and a way to ask in words. */
final class PolicyFixture {
    static final TrustDomain TRUST_DOMAIN = new TrustDomain("gatehouse.test");
    static final String FILE = "policy.yaml";

    /** The rules that the demo runs with. */
    static final String DEMO = """
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
              - id: main-is-protected
                forbid: [push, force-push, delete]
                repos: demo/hello
                refs: [refs/heads/main]
                except: {user: release-bot}
                explain: main changes only by review
                remedy: git push origin HEAD:refs/heads/my-branch
            """;

    private PolicyFixture() {}

    static PolicyCompilation compilation(String text) {
        return new PolicyCompiler(TRUST_DOMAIN).compile(FILE, text, 7);
    }

    static Policy compile(String text) {
        return switch (compilation(text)) {
            case PolicyCompilation.Compiled compiled -> compiled.policy();
            case PolicyCompilation.Rejected rejected ->
                throw new AssertionError(rejected.problems().toString());
        };
    }

    static Principal user(String name, String... groups) {
        return Principal.Person.local(name, Set.of(groups));
    }

    static Principal workload(String name) {
        return new Principal.Workload(
                SpiffeId.parse("spiffe://gatehouse.test/workload/" + name).orElseThrow());
    }

    /** The question {@code action resource}, the resource written as {@code owner/name}, {@code owner/name ref} or {@code service:name}. */
    static AccessRequest question(Principal principal, Action action, String resource) {
        return AccessRequest.of(principal, action, resource(resource));
    }

    static Resource resource(String text) {
        if (text.startsWith("service:")) {
            return new Resource.Service(text.substring("service:".length()));
        }
        int space = text.indexOf(' ');
        if (space < 0) {
            return new Resource.Repository(RepositoryName.parse(text).orElseThrow());
        }
        RepositoryName repository =
                RepositoryName.parse(text.substring(0, space)).orElseThrow();
        String ref = text.substring(space + 1);
        return ref.equals("?")
                ? new Resource.SomeRef(repository)
                : new Resource.Ref(repository, RefName.parse(ref).orElseThrow());
    }
}
