package dev.gatehouse.bench.side;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The certificates of the Nginx pair, made with openssl: the same curve and lengths of chain as the product's. */
final class Certificates {
    private final Path directory;

    /** Makes them in {@code directory}. */
    Certificates(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            Commands.run(directory, "openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ca.key");
            Commands.run(
                    directory,
                    "openssl",
                    "req",
                    "-x509",
                    "-new",
                    "-key",
                    "ca.key",
                    "-subj",
                    "/CN=bench",
                    "-days",
                    "2",
                    "-out",
                    "ca.pem");
            issue("web");
            issue("first");
            issue("second");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void issue(String name) throws IOException {
        Files.writeString(
                directory.resolve(name + ".ext"),
                "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n");
        Commands.run(
                directory, "openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", name + ".key");
        Commands.run(
                directory,
                "openssl",
                "req",
                "-new",
                "-key",
                name + ".key",
                "-subj",
                "/CN=" + name,
                "-out",
                name + ".csr");
        Commands.run(
                directory,
                "openssl",
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                name + ".ext",
                "-out",
                name + ".pem");
    }

    Path directory() {
        return directory;
    }
}
