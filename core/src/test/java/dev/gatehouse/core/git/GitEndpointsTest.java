package dev.gatehouse.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.http.CanonicalPath;
import dev.gatehouse.core.http.RequestTarget;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitEndpointsTest {
    private static final RepositoryName HELLO = new RepositoryName("demo", "hello");

    @ParameterizedTest
    @CsvSource({
        "GET, /demo/hello.git/info/refs?service=git-upload-pack, discover git-upload-pack",
        "GET, /demo/hello.git/info/refs?service=git-receive-pack, discover git-receive-pack",
        "POST, /demo/hello.git/git-upload-pack, git-upload-pack",
        "POST, /demo/hello.git/git-receive-pack, git-receive-pack"
    })
    void theFourRequestsOfSmartHttpAreServed(String method, String target, String operation) {
        GitTarget parsed = parse(method, target);
        assertThat(parsed).isInstanceOf(GitTarget.Git.class);
        GitEndpoint endpoint = ((GitTarget.Git) parsed).endpoint();
        assertThat(endpoint.repository()).isEqualTo(HELLO);
        assertThat(endpoint.operation()).isEqualTo(operation);
        assertThat(endpoint.target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/-/sign-in",
                "/-/x.git/info/refs",
                "/demo",
                "/demo/hello",
                "/demo/hello.git",
                "/demo/hello/src/main/App.java",
                "/demo/hello/src/branch/main/vendored.git",
                "/api/v1/repos/demo/hello/git/refs",
                "/api/v1/repos/demo/hello.git/hooks"
            })
    void pagesAndTheApiAreNotGit(String target) {
        assertThat(parse("GET", target)).isEqualTo(new GitTarget.NotGit());
    }

    static Stream<Arguments> refused() {
        String discovery = "/demo/hello.git/info/refs";
        return Stream.of(
                Arguments.of("GET", discovery, WireCause.DUMB_PROTOCOL),
                Arguments.of("GET", "/demo/hello.git/HEAD", WireCause.DUMB_PROTOCOL),
                Arguments.of("GET", "/demo/hello.git/objects/info/packs", WireCause.DUMB_PROTOCOL),
                Arguments.of("GET", "/demo/hello.git/objects/ab/cdef", WireCause.DUMB_PROTOCOL),
                Arguments.of("GET", "/demo/hello.git/objects/pack/pack-1.idx", WireCause.DUMB_PROTOCOL),
                Arguments.of("GET", "/demo/hello.git/info/packs", WireCause.DUMB_PROTOCOL),
                Arguments.of("GET", "/demo/hello.git/config", WireCause.DUMB_PROTOCOL),
                Arguments.of("GET", "/demo/hello.git/refs/heads/main", WireCause.DUMB_PROTOCOL),
                Arguments.of("POST", "/demo/hello.git/info/lfs/objects/batch", RequestCause.NOT_FOUND),
                Arguments.of("GET", "/demo/hello.git/wiki", RequestCause.NOT_FOUND),
                Arguments.of("GET", discovery + "?service=", WireCause.SERVICE_AMBIGUOUS),
                Arguments.of("GET", discovery + "?x=y", WireCause.SERVICE_AMBIGUOUS),
                Arguments.of("GET", discovery + "?service=git-upload-archive", WireCause.SERVICE_AMBIGUOUS),
                Arguments.of("GET", discovery + "?service=GIT-UPLOAD-PACK", WireCause.SERVICE_AMBIGUOUS),
                Arguments.of("GET", discovery + "?service=git%2Dupload%2Dpack", WireCause.SERVICE_AMBIGUOUS),
                Arguments.of("GET", discovery + "?Service=git-upload-pack", WireCause.SERVICE_AMBIGUOUS),
                Arguments.of("GET", discovery + "?service=git-upload-pack&", WireCause.SERVICE_AMBIGUOUS),
                Arguments.of(
                        "GET",
                        discovery + "?service=git-upload-pack;service=git-receive-pack",
                        WireCause.SERVICE_AMBIGUOUS),
                Arguments.of(
                        "GET",
                        discovery + "?service=git-upload-pack&service=git-receive-pack",
                        WireCause.SERVICE_AMBIGUOUS),
                Arguments.of(
                        "GET",
                        discovery + "?service=git-upload-pack&service=git-upload-pack",
                        WireCause.SERVICE_AMBIGUOUS),
                Arguments.of("GET", discovery + "?service=git-upload-pack&x=y", WireCause.SERVICE_AMBIGUOUS),
                Arguments.of("POST", discovery + "?service=git-receive-pack", WireCause.SERVICE_AMBIGUOUS),
                Arguments.of(
                        "POST",
                        "/demo/hello.git/git-upload-pack?service=git-receive-pack",
                        WireCause.SERVICE_AMBIGUOUS),
                Arguments.of("POST", "/demo/hello.git/git-upload-pack?", WireCause.SERVICE_AMBIGUOUS),
                Arguments.of("POST", discovery, RequestCause.METHOD_NOT_ALLOWED),
                Arguments.of("HEAD", discovery + "?service=git-upload-pack", RequestCause.METHOD_NOT_ALLOWED),
                Arguments.of("GET", "/demo/hello.git/git-upload-pack", RequestCause.METHOD_NOT_ALLOWED),
                Arguments.of("post", "/demo/hello.git/git-upload-pack", RequestCause.METHOD_NOT_ALLOWED),
                Arguments.of("PUT", "/demo/hello.git/git-receive-pack", RequestCause.METHOD_NOT_ALLOWED),
                notCanonical("/demo/hello/info/refs?service=git-upload-pack"),
                notCanonical("/demo/hello/git-receive-pack"),
                notCanonical("/demo/hello.git.git/info/refs"),
                notCanonical("/demo/hello.git./info/refs"),
                notCanonical("/demo/hello..git/info/refs"),
                notCanonical("/demo/hello.GIT/info/refs"),
                notCanonical("/demo/Hello.git/info/refs"),
                notCanonical("/Demo/hello.git/info/refs"),
                notCanonical("/demo/hello.git/INFO/refs"),
                notCanonical("/demo/hello.git/info/refs/"),
                notCanonical("/demo/hello.git/info/refs."),
                notCanonical("/demo/hello.git/Git-Receive-Pack"),
                notCanonical("/demo/hello.git/git-receive-pack/"),
                notCanonical("/demo/hello.git/git-receive-pack."),
                notCanonical("/demo/hello.git/git-upload-archive"),
                notCanonical("/demo/hello.GIT"),
                notCanonical("/demo/hello.git."),
                notCanonical("/demo/.git/info/refs"),
                notCanonical("/hello.git/info/refs"),
                notCanonical("/hello.git"),
                notCanonical("/x/demo/hello.git/info/refs"),
                notCanonical("/x/demo/hello.git/HEAD"),
                notCanonical("/demo/-hello.git/git-upload-pack"),
                notCanonical("/git-upload-pack"));
    }

    private static Arguments notCanonical(String target) {
        return Arguments.of("GET", target, RequestCause.PATH_NOT_CANONICAL);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCouldBeReadAsGitByAnotherServerIsRefused(String method, String target, Cause cause) {
        GitTarget parsed = parse(method, target);
        assertThat(parsed).isInstanceOf(GitTarget.Refused.class);
        assertThat(((GitTarget.Refused) parsed).failure().cause()).isEqualTo(cause);
    }

    private static GitTarget parse(String method, String target) {
        RequestTarget parsed = CanonicalPath.parse(target);
        assertThat(parsed).isInstanceOf(RequestTarget.Canonical.class);
        RequestTarget.Canonical canonical = (RequestTarget.Canonical) parsed;
        return GitEndpoints.parse(method, canonical.path(), canonical.query());
    }
}
