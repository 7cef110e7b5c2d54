package dev.gatehouse.app.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateRequestTest {
    /** keytool reads the request with the JDK's own parser and checks its signature. */
    @Test
    void theJdkReadsTheRequestAndItsSignatureHolds(@TempDir Path folder) throws IOException, InterruptedException {
        CertificateRequest request = CertificateRequest.create();
        Path file = folder.resolve("request.pem");
        Files.writeString(
                file,
                "-----BEGIN CERTIFICATE REQUEST-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request.der())
                        + "\n-----END CERTIFICATE REQUEST-----\n");

        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-Duser.language=en",
                        "-J-Xshare:auto",
                        "-printcertreq",
                        "-file",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(said).isZero();
        assertThat(said).contains("PKCS #10 Certificate Request (Version 1.0)", "256-bit EC (secp256r1) key");
    }

    @Test
    void lengthsAreAsShortAsDerWantsThem() {
        assertThat(Der.value(0x04, new byte[0x7f])).startsWith(0x04, 0x7f).hasSize(2 + 0x7f);
        assertThat(Der.value(0x04, new byte[0x80])).startsWith(0x04, 0x81, 0x80).hasSize(3 + 0x80);
        assertThat(Der.value(0x04, new byte[0x100]))
                .startsWith(0x04, 0x82, 0x01, 0x00)
                .hasSize(4 + 0x100);
        assertThat(Der.value(Der.SEQUENCE)).containsExactly(0x30, 0x00);
    }
}
