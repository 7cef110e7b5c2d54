package dev.gatehouse.core.policy;

/** Something that may only be done with a permit, and knows what to ask for. */
public interface Authorisable {
    /** The question that decides it. Must give the same answer each time. */
    AccessRequest accessRequest();
}
