package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.http.CanonicalPath;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells Git requests from others. The rule: three paths under {@code /owner/name.git} are served, each in exactly one spelling. Whatever a
 * lenient server could read as one of them (other case, a missing or doubled {@code .git}, trailing dots, another depth) is refused and never
 * repaired, so that no server behind can see another repository than the one that was authorised.
 */
public final class GitEndpoints {
    private static final String SUFFIX = ".git";
    private static final String OWN_PREFIX = "-";
    private static final List<String> DUMB_ROOTS = List.of(
            "head",
            "objects",
            "info",
            "refs",
            "packed-refs",
            "config",
            "description",
            "hooks",
            "logs",
            "index",
            "fetch_head",
            "orig_head",
            "shallow");

    private GitEndpoints() {}

    /**
     * What a request means.
     *
     * @param method the HTTP method as it came; methods are case-sensitive (RFC 9110, section 9.1)
     * @param path its canonical path
     * @param query the raw query without {@code ?}, where there was one
     */
    public static GitTarget parse(String method, CanonicalPath path, Optional<String> query) {
        List<String> segments = path.segments();
        if (segments.isEmpty() || segments.getFirst().equals(OWN_PREFIX)) {
            return new GitTarget.NotGit();
        }
        boolean underRepository = segments.size() > 2 && segments.get(1).endsWith(SUFFIX);
        if (!underRepository) {
            return resemblesGit(segments) ? notCanonical(path) : new GitTarget.NotGit();
        }
        String name = segments.get(1).substring(0, segments.get(1).length() - SUFFIX.length());
        Optional<RepositoryName> repository = RepositoryName.parse(segments.get(0) + "/" + name);
        if (repository.isEmpty()) {
            return notCanonical(path);
        }
        String tail = String.join("/", segments.subList(2, segments.size())) + (path.endsWithSlash() ? "/" : "");
        return inRepository(method, path, repository.get(), tail, query);
    }

    private static GitTarget inRepository(
            String method, CanonicalPath path, RepositoryName repository, String tail, Optional<String> query) {
        if (tail.equals("info/refs")) {
            return discovery(method, path, repository, query);
        }
        Optional<GitService> service = GitService.parse(tail);
        if (service.isPresent()) {
            return rpc(method, path, repository, service.get(), query);
        }
        if (resemblesEndpoint(tail)) {
            return notCanonical(path);
        }
        String root = folded(tail.contains("/") ? tail.substring(0, tail.indexOf('/')) : tail);
        boolean lfs = folded(tail).startsWith("info/lfs");
        return DUMB_ROOTS.contains(root) && !lfs
                ? refused(WireCause.DUMB_PROTOCOL)
                : refused(RequestCause.NOT_FOUND, "path", path.value());
    }

    private static GitTarget discovery(
            String method, CanonicalPath path, RepositoryName repository, Optional<String> query) {
        boolean namesService = query.isPresent() && query.get().contains("service");
        if (!method.equals("GET")) {
            return namesService && method.equals("POST")
                    ? ambiguous("service= belongs to a GET, not to a POST")
                    : methodNotAllowed(method, path, "GET");
        }
        if (query.isEmpty() || query.get().isEmpty()) {
            return refused(WireCause.DUMB_PROTOCOL);
        }
        for (GitService service : GitService.values()) {
            if (query.get().equals("service=" + service.label())) {
                return new GitTarget.Git(new GitEndpoint.Discovery(repository, service));
            }
        }
        return ambiguous(whatIsWrongWith(query.get()));
    }

    private static GitTarget rpc(
            String method, CanonicalPath path, RepositoryName repository, GitService service, Optional<String> query) {
        if (!method.equals("POST")) {
            return methodNotAllowed(method, path, "POST");
        }
        if (query.isPresent()) {
            return ambiguous("the path already names it, and a query follows");
        }
        return new GitTarget.Git(new GitEndpoint.Rpc(repository, service));
    }

    private static String whatIsWrongWith(String query) {
        List<String> parameters = List.of(query.split("&", -1));
        long services =
                parameters.stream().filter(p -> p.startsWith("service=")).count();
        if (services == 0) {
            return "service= is missing";
        }
        if (services > 1) {
            return "service= stands there " + services + " times";
        }
        if (parameters.size() > 1) {
            return "other parameters stand beside service=";
        }
        return "service= names " + query.substring("service=".length());
    }

    /** Whether a server that folds case, drops dots or adds {@code .git} could take this for a repository's path. */
    private static boolean resemblesGit(List<String> segments) {
        String last = folded(segments.getLast());
        boolean api = segments.size() > 2
                && segments.get(0).equals("api")
                && segments.get(1).equals("v1");
        if (api) {
            return false;
        }
        if (resemblesEndpoint(last)) {
            return true;
        }
        int size = segments.size();
        if (size > 1 && resemblesEndpoint(segments.get(size - 2) + "/" + segments.get(size - 1))) {
            return true;
        }
        for (int i = 0; i < Math.min(size - 1, 3); i++) {
            if (folded(segments.get(i)).endsWith(SUFFIX)) {
                return true;
            }
        }
        boolean exactRepository = size == 2 && segments.get(1).endsWith(SUFFIX);
        return !exactRepository && size <= 3 && last.endsWith(SUFFIX);
    }

    private static boolean resemblesEndpoint(String tail) {
        String folded = folded(tail);
        return folded.equals("info/refs")
                || folded.equals("git-upload-pack")
                || folded.equals("git-receive-pack")
                || folded.equals("git-upload-archive");
    }

    /** Lower case, without what some servers drop from the end of a name. */
    private static String folded(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int end = lower.length();
        while (end > 0 && (lower.charAt(end - 1) == '.' || lower.charAt(end - 1) == '/')) {
            end--;
        }
        return lower.substring(0, end);
    }

    private static GitTarget notCanonical(CanonicalPath path) {
        return refused(
                RequestCause.PATH_NOT_CANONICAL,
                "detail",
                "a repository is at /owner/name.git, in lower case, and not at " + path.value());
    }

    private static GitTarget ambiguous(String detail) {
        return refused(WireCause.SERVICE_AMBIGUOUS, "detail", detail);
    }

    private static GitTarget methodNotAllowed(String method, CanonicalPath path, String allowed) {
        return refused(RequestCause.METHOD_NOT_ALLOWED, "method", method, "path", path.value(), "allowed", allowed);
    }

    private static GitTarget refused(Cause cause, String... facts) {
        return new GitTarget.Refused(cause.with(facts));
    }
}
