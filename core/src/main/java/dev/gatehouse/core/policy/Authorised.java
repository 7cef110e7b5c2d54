package dev.gatehouse.core.policy;

/** The outcome of {@link Policy#authorise}: either what was asked, wrapped with its permit, or the refusal. */
public sealed interface Authorised<T extends Authorisable> permits Permitted, Authorised.Refused {
    /** Refused. */
    record Refused<T extends Authorisable>(T subject, Refusal refusal) implements Authorised<T> {}
}
