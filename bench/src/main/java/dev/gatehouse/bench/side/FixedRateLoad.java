package dev.gatehouse.bench.side;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Small requests at a fixed rate over kept connections. A latency counts from when the request was due, not from when it could be sent, so a
 * stall is not hidden by the requests that it held up.
 */
final class FixedRateLoad {
    private static final int CONNECTIONS = 16;

    /** Microseconds. */
    record Latency(long p50, long p99) {}

    private final Contender contender;
    private final String path;

    FixedRateLoad(Contender contender, String path) {
        this.contender = contender;
        this.path = path;
    }

    /** Sends for {@code duration}; every answer must be a 200. */
    Latency run(int requestsPerSecond, Duration duration) {
        int perConnection = (int) (requestsPerSecond * duration.toSeconds() / CONNECTIONS);
        long start = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        long step = Duration.ofSeconds(1).toNanos() * CONNECTIONS / requestsPerSecond;
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<long[]>> results = java.util.stream.IntStream.range(0, CONNECTIONS)
                    .mapToObj(
                            i -> threads.submit(() -> connection(start + i * step / CONNECTIONS, step, perConnection)))
                    .toList();
            long[] all = new long[CONNECTIONS * perConnection];
            for (int i = 0; i < CONNECTIONS; i++) {
                System.arraycopy(results.get(i).get(), 0, all, i * perConnection, perConnection);
            }
            Arrays.sort(all);
            return new Latency(all[all.length / 2], all[(int) (all.length * 0.99)]);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the load on " + contender.name() + " failed", e);
        }
    }

    private long[] connection(long start, long step, int count) throws IOException, GeneralSecurityException {
        URI base = URI.create(contender.baseUrl());
        StringBuilder head =
                new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + base.getPort() + "\r\n");
        contender.headers().forEach(header -> head.append(header).append("\r\n"));
        byte[] request = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        long[] latencies = new long[count];
        try (SSLSocket socket =
                (SSLSocket) anyCertificate().getSocketFactory().createSocket(base.getHost(), base.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int i = 0; i < count; i++) {
                long due = start + i * step;
                long wait;
                while ((wait = due - System.nanoTime()) > 0) {
                    LockSupport.parkNanos(wait);
                }
                out.write(request);
                readAnswer(in, buffer);
                latencies[i] = (System.nanoTime() - due) / 1000;
            }
        }
        return latencies;
    }

    private void readAnswer(InputStream in, byte[] buffer) throws IOException {
        int have = 0;
        while (true) {
            int read = in.read(buffer, have, buffer.length - have);
            if (read < 0) {
                throw new IOException(contender.name() + " closed the connection");
            }
            have += read;
            String text = new String(buffer, 0, have, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                continue;
            }
            if (!text.startsWith("HTTP/1.1 200")) {
                throw new IOException(contender.name() + " answered "
                        + text.lines().findFirst().orElse(""));
            }
            int at = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
            int length = Integer.parseInt(
                    text.substring(at + 15, text.indexOf('\r', at)).strip());
            if (have >= end + 4 + length) {
                return;
            }
        }
    }

    /** A load generator measures; who answers is the contenders' own tests' matter. */
    private static SSLContext anyCertificate() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                null,
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

                        @Override
                        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
                            return new java.security.cert.X509Certificate[0];
                        }
                    }
                },
                null);
        return context;
    }
}
