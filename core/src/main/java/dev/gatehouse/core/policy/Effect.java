package dev.gatehouse.core.policy;

import java.util.Locale;

/** What a rule does where it applies. */
public enum Effect {
    /** Permits, unless a rule forbids. */
    ALLOW,
    /** Refuses, whatever other rules allow. */
    FORBID;

    /** As it stands in {@code policy.yaml}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
