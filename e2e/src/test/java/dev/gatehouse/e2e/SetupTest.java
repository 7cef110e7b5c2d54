package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team's own first start: nobody is known yet, and one link lets the first administrator in. */
class SetupTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final Pattern LINK = Pattern.compile("(https://\\S+/-/setup)#(\\S+)");

    @TempDir
    Path directory;

    @Test
    void thePrintedLinkMakesOneAdministratorWhoCanWorkAtOnce() throws Exception {
        Path data = directory.resolve("data");
        Path log = directory.resolve("up.log");
        int port = Installation.freePort();
        Process process =
                Installation.start(log, List.of("up", "--data", data.toString(), "--listen", "127.0.0.1:" + port));
        try (Installation gatehouse = Installation.of(directory, data, port, process)) {
            Installation.awaitLine(process, log, "gatehouse --help");
            Matcher link = LINK.matcher(gatehouse.printed());
            assertThat(link.find()).isTrue();
            HttpClient browser = trusting(data.resolve("ca.pem"));

            HttpResponse<String> page = browser.send(
                    HttpRequest.newBuilder(URI.create(link.group(1))).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<form method=\"post\" action=\"/-/setup\"");

            HttpResponse<String> weak = claim(browser, link, "root", "too short");
            assertThat(weak.statusCode()).isEqualTo(422);
            assertThat(weak.body()).contains("GATE-6025").contains("12 to 256");

            HttpResponse<String> made = claim(browser, link, "root", PASSWORD);
            assertThat(made.statusCode()).isEqualTo(201);
            assertThat(made.body()).contains("Welcome, root");

            HttpResponse<String> again = claim(browser, link, "eve", PASSWORD);
            assertThat(again.statusCode()).isEqualTo(403);
            assertThat(again.body()).contains("GATE-6040").contains("gatehouse user add NAME --administrator");

            GitClient root = GitClient.withToken(gatehouse, "root", PASSWORD.replace(" ", "%20"));
            Path copy = Files.createDirectory(directory.resolve("project"));
            root.in(copy, "init", "-q").succeeded();
            root.commit(copy, "README.md", "mine");
            root.in(copy, "push", "-q", root.url("root/project"), "HEAD:main").succeeded();
            assertThat(root.clone("root/project").resolve("README.md")).hasContent("mine");

            assertThat(gatehouse.gatehouse("status").succeeded().printed()).contains("repository root/project");
            assertThat(gatehouse
                            .gatehouse("repo", "maintain", "root/project")
                            .succeeded()
                            .printed())
                    .matches("root/project: 1 pack .* before, 1 pack with bitmaps now, in [0-9.]+ s\\n");
            assertThat(gatehouse.gatehouse("status", "--json").succeeded().printed())
                    .contains("\"name\":\"root/project\",\"packs\":1,\"looseObjects\":0,\"hasBitmap\":true");
            assertNothingOnDiskHas(data, link.group(2), PASSWORD);
        }
    }

    private static HttpResponse<String> claim(HttpClient browser, Matcher link, String name, String password)
            throws Exception {
        String typed = password.replace(' ', '+');
        return browser.send(
                HttpRequest.newBuilder(URI.create(link.group(1)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "code=" + link.group(2) + "&name=" + name + "&password=" + typed + "&again=" + typed))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Neither the logs nor the journals nor the database: only hashes are kept. */
    private static void assertNothingOnDiskHas(Path data, String... secrets) throws Exception {
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(secrets);
            }
        }
    }

    private static HttpClient trusting(Path authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "web", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }
}
