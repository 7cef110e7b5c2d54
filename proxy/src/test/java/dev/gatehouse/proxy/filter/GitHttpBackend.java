package dev.gatehouse.proxy.filter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Git host to stand behind a sidecar: {@code git http-backend} behind the JDK's own HTTP server, and ways to misbehave. */
final class GitHttpBackend implements AutoCloseable {
    /** What it does with a POST. */
    enum Manner {
        SERVE,
        /** Closes the connection instead of answering. */
        CLOSE,
        /** Never answers. */
        HANG,
        /** Sends the first lines of the answer, whole, and closes the connection. */
        BREAK_OFF
    }

    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Map<String, List<String>>> seen = new CopyOnWriteArrayList<>();
    private volatile Manner manner = Manner.SERVE;

    GitHttpBackend(Path root) throws IOException {
        this.root = root;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void manner(Manner next) {
        manner = next;
    }

    /** The headers of every request that came. */
    List<Map<String, List<String>>> seen() {
        return seen;
    }

    private void handle(HttpExchange exchange) throws IOException {
        seen.add(Map.copyOf(exchange.getRequestHeaders()));
        boolean post = exchange.getRequestMethod().equals("POST");
        byte[] answer = cgi(exchange);
        Manner now = post ? manner : Manner.SERVE;
        switch (now) {
            case SERVE -> send(exchange, answer, Integer.MAX_VALUE);
            case CLOSE -> exchange.close();
            case HANG -> {
                try {
                    closing.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
            case BREAK_OFF -> send(exchange, answer, 1);
        }
    }

    private byte[] cgi(HttpExchange exchange) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        String query = exchange.getRequestURI().getRawQuery();
        environment.put("QUERY_STRING", query == null ? "" : query);
        header(exchange, "Content-Type", "CONTENT_TYPE", environment);
        header(exchange, "Git-Protocol", "GIT_PROTOCOL", environment);
        header(exchange, "Content-Encoding", "HTTP_CONTENT_ENCODING", environment);
        environment.put("REMOTE_USER", "sidecar");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream();
                InputStream body = exchange.getRequestBody()) {
            body.transferTo(in);
        }
        return process.getInputStream().readAllBytes();
    }

    private static void header(HttpExchange exchange, String name, String variable, Map<String, String> environment) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            environment.put(variable, value);
        }
    }

    /** @param linesMax pkt-lines of the body after which the connection is closed */
    private static void send(HttpExchange exchange, byte[] cgi, int linesMax) throws IOException {
        InputStream in = new ByteArrayInputStream(cgi);
        int status = 200;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(": ");
            if (line.startsWith("Status: ")) {
                status = Integer.parseInt(line.substring(8, 11));
            } else {
                exchange.getResponseHeaders().add(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        byte[] body = in.readAllBytes();
        exchange.sendResponseHeaders(status, 0);
        OutputStream out = exchange.getResponseBody();
        if (linesMax == Integer.MAX_VALUE) {
            out.write(body);
            out.close();
        } else {
            int length = Integer.parseInt(new String(body, 0, 4, StandardCharsets.US_ASCII), 16);
            out.write(body, 0, length);
            out.flush();
            throw new IOException("the connection breaks off here, as it is meant to");
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
