package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.List;
import java.util.Optional;

/** What is known of an exchange so far. Filters fill it in; the {@code RequestRecord} is made from it at the end. On the event loop only. */
public interface ExchangeFacts {
    /** Who the request is for; empty until it is known. */
    Optional<Caller> caller();

    /** Sets who the request is for. From here on the registry finds the exchange by the principal's key. */
    void caller(Caller caller);

    /** The SPIFFE ID of the connection's other end, where it is verified. */
    Optional<SpiffeId> peer();

    /** The repository it is about; empty until it is known, or where it is about none. */
    Optional<RepositoryName> repository();

    /** Sets the repository it is about. From here on the registry finds the exchange by it. */
    void repository(RepositoryName repository);

    /** The canonical path without its query; until it is set, the path as it came, shortened. */
    void path(String canonicalPath);

    /** What it is, such as {@code git-upload-pack}, {@code discover git-receive-pack}, {@code page}. Never a secret. */
    void operation(String operation);

    /** Adds a decision, in the order they are made. */
    void decision(Decision decision);

    /** The decisions so far. */
    List<Decision> decisions();

    /** The cause, also where the answer is a 200. The first one counts. */
    void failure(Failure failure);

    /** The cause, where there is one so far. */
    Optional<Failure> failure();
}
