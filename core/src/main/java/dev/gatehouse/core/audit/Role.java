package dev.gatehouse.core.audit;

import java.util.Locale;

/** Which part of the product speaks. */
public enum Role {
    INGRESS,
    SIDECAR,
    FORGE,
    CONTROL;

    /** As it is written and shown. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
