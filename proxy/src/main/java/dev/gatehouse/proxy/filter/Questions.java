package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.policy.Resource;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.List;
import java.util.Optional;

/** What is asked of the rules for a request, as far as its head tells. One permit of the list is enough. */
final class Questions {
    private Questions() {}

    /** For Git. A push needs some ref that may move, or the right to create the repository by it. */
    static List<AccessRequest> ofGit(Optional<Principal> principal, GitEndpoint endpoint) {
        RepositoryName repository = endpoint.repository();
        return switch (endpoint.service()) {
            case UPLOAD_PACK -> List.of(new AccessRequest(principal, Action.READ, new Resource.Repository(repository)));
            case RECEIVE_PACK ->
                List.of(
                        new AccessRequest(principal, Action.PUSH, new Resource.SomeRef(repository)),
                        new AccessRequest(principal, Action.CREATE, new Resource.Repository(repository)));
        };
    }

    /** For the forge's own pages and API; what happens there is decided again where it takes effect. */
    static List<AccessRequest> ofPage(Optional<Principal> principal, Addressed addressed) {
        String path = addressed.path().value();
        Resource page =
                PublicPages.includes(addressed) ? new Resource.PublicPage(path) : new Resource.SignedInPage(path);
        return List.of(new AccessRequest(principal, Action.READ, page));
    }

    /** For a service that is not Git. */
    static List<AccessRequest> ofService(Optional<Principal> principal, String service) {
        return List.of(new AccessRequest(principal, Action.CALL, new Resource.Service(service)));
    }
}
