package dev.gatehouse.bench.side;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code git http-backend} over FastCGI, behind the tuned Nginx pair: what a team would have without a product. */
final class GitHttpBackend implements Contender {
    private static final String CHILDREN = "8";

    private final Process wrapper;
    private final NginxPair pair;

    /** Serves the bare repositories below {@code root}. */
    GitHttpBackend(Path root, Certificates certificates, Path directory) {
        Path socket = directory.resolve("fcgi.sock");
        this.wrapper = Commands.start(
                directory,
                directory.resolve("fcgi.log"),
                List.of("/usr/sbin/fcgiwrap", "-f", "-c", CHILDREN, "-s", "unix:" + socket));
        this.pair = new NginxPair(
                NginxPair.Tuning.TUNED, certificates, directory, "server unix:" + socket + ";", """
                fastcgi_pass app; fastcgi_buffering off; fastcgi_request_buffering off;
                fastcgi_buffer_size 64k; fastcgi_buffers 8 64k; fastcgi_busy_buffers_size 128k;
                fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
                fastcgi_param GIT_PROJECT_ROOT %s; fastcgi_param GIT_HTTP_EXPORT_ALL 1;
                fastcgi_param GIT_PROTOCOL $http_git_protocol; fastcgi_param REMOTE_USER bench;
                fastcgi_param PATH_INFO $uri; fastcgi_param QUERY_STRING $args; fastcgi_param REQUEST_METHOD $request_method;
                fastcgi_param CONTENT_TYPE $content_type; fastcgi_param CONTENT_LENGTH $content_length;
                fastcgi_param SERVER_PROTOCOL $server_protocol;
                """.formatted(root));
    }

    @Override
    public String name() {
        return "git http-backend behind the tuned nginx pair";
    }

    @Override
    public String baseUrl() {
        return pair.baseUrl();
    }

    @Override
    public List<String> headers() {
        return List.of();
    }

    @Override
    public List<Long> processes() {
        return Stream.concat(Commands.tree(wrapper).stream(), pair.processes().stream())
                .toList();
    }

    @Override
    public void close() {
        pair.close();
        Commands.stop(wrapper);
    }
}
