package dev.gatehouse.bench.side;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** client → TLS → Nginx → mutual TLS → Nginx → upstream, two workers each. */
final class NginxPair implements Contender {
    /** How the pair is configured. */
    enum Tuning {
        /** As Git recipes have it: unbuffered, buffers of the default 4 KiB. */
        USUAL("nginx pair, as usual", "proxy_buffering off;"),
        /** The best found: 64 KiB buffers. */
        TUNED(
                "nginx pair, tuned",
                "proxy_buffering off; proxy_buffer_size 64k; proxy_buffers 8 64k; proxy_busy_buffers_size 128k;");

        private final String label;
        private final String buffers;

        Tuning(String label, String buffers) {
            this.label = label;
            this.buffers = buffers;
        }
    }

    private final String name;
    private final int port;
    private final List<Process> servers = new ArrayList<>();

    /**
     * Starts both.
     *
     * @param upstream what the second hands to, such as {@code proxy_pass http://127.0.0.1:9000;} with its settings
     */
    NginxPair(Tuning tuning, Certificates certificates, Path directory, String upstreamBlock, String upstream) {
        this.name = tuning.label;
        this.port = Commands.freePort();
        int between = Commands.freePort();
        String common = """
                ssl_protocols TLSv1.3; ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256; ssl_conf_command Options KTLS;
                access_log off; sendfile on; tcp_nodelay on; keepalive_requests 1000000;
                client_max_body_size 0; proxy_request_buffering off; proxy_http_version 1.1; proxy_read_timeout 3600s;
                %s
                """.replace("ssl_conf_command Options KTLS;", "").formatted(tuning.buffers);
        String keys = certificates.directory().toString();
        start(directory.resolve("second"), """
                %s
                upstream app { %s keepalive 64; }
                server {
                  listen 127.0.0.1:%d ssl backlog=1024;
                  ssl_certificate %s/second.pem; ssl_certificate_key %s/second.key;
                  ssl_client_certificate %s/ca.pem; ssl_verify_client on;
                  location / { proxy_set_header Connection ""; %s }
                }
                """.formatted(common, upstreamBlock, between, keys, keys, keys, upstream));
        start(directory.resolve("first"), """
                %s
                upstream second { server 127.0.0.1:%d; keepalive 64; }
                server {
                  listen 127.0.0.1:%d ssl backlog=1024;
                  ssl_certificate %s/web.pem; ssl_certificate_key %s/web.key;
                  location / {
                    proxy_set_header Connection ""; proxy_pass https://second;
                    proxy_ssl_certificate %s/first.pem; proxy_ssl_certificate_key %s/first.key;
                    proxy_ssl_trusted_certificate %s/ca.pem; proxy_ssl_verify on; proxy_ssl_name localhost;
                    proxy_ssl_protocols TLSv1.3; proxy_ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
                    proxy_pass_request_headers on; proxy_set_header Content-Type $content_type;
                  }
                }
                """.formatted(common, between, port, keys, keys, keys, keys, keys));
        Commands.awaitPort(between);
        Commands.awaitPort(port);
    }

    private void start(Path directory, String http) {
        try {
            Files.createDirectories(directory);
            Path configuration = directory.resolve("nginx.conf");
            Files.writeString(configuration, """
                    user root; worker_processes 2; daemon off; pid %s/nginx.pid; error_log %s/error.log;
                    events { worker_connections 4096; }
                    http {
                      client_body_temp_path %s/body; proxy_temp_path %s/proxy; fastcgi_temp_path %s/fastcgi;
                      uwsgi_temp_path %s/uwsgi; scgi_temp_path %s/scgi;
                      %s
                    }
                    """.formatted(
                            directory, directory, directory, directory, directory, directory, directory, http));
            servers.add(Commands.start(
                    directory,
                    directory.resolve("out.log"),
                    List.of("/usr/sbin/nginx", "-e", directory + "/error.log", "-c", configuration.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String baseUrl() {
        return "https://127.0.0.1:" + port;
    }

    @Override
    public List<String> headers() {
        return List.of();
    }

    @Override
    public List<Long> processes() {
        return servers.stream()
                .flatMap(server -> Commands.tree(server).stream())
                .toList();
    }

    @Override
    public void close() {
        servers.forEach(Commands::stop);
    }
}
