package dev.gatehouse.core.policy;

import java.util.Objects;

/** The proof that a request was allowed. Only a {@link Policy} makes one. */
public final class Permit implements Decision {
    private final AccessRequest request;
    private final RuleReference rule;
    private final PolicyVersion version;

    Permit(AccessRequest request, RuleReference rule, PolicyVersion version) {
        this.request = Objects.requireNonNull(request);
        this.rule = Objects.requireNonNull(rule);
        this.version = Objects.requireNonNull(version);
    }

    @Override
    public AccessRequest request() {
        return request;
    }

    @Override
    public RuleReference rule() {
        return rule;
    }

    @Override
    public PolicyVersion version() {
        return version;
    }

    @Override
    public String toString() {
        return "permitted by " + rule + ", policy " + version;
    }
}
