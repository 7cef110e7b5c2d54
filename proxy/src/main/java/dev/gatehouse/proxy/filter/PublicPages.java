package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.repository.RepositoryName;
import java.util.List;

/** Which of the forge's pages are for everyone, signed in or not. What they show to whom, the forge limits. */
final class PublicPages {
    private static final String OWN_PREFIX = "-";
    private static final String API = "api";

    private PublicPages() {}

    /** The start page; everything of the product's own; and a repository's page, which says how to sign in and clone. Never Git. */
    static boolean includes(Addressed addressed) {
        if (addressed.git().isPresent()) {
            return false;
        }
        List<String> segments = addressed.path().segments();
        if (!segments.isEmpty() && segments.getFirst().equals(OWN_PREFIX)) {
            return true;
        }
        boolean repository = segments.size() == 2
                && !segments.getFirst().equals(API)
                && !addressed.path().endsWithSlash()
                && RepositoryName.parse(segments.get(0) + "/" + segments.get(1)).isPresent();
        return addressed.safe() && (segments.isEmpty() || repository);
    }
}
