package dev.gatehouse.control.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.control.TestClock;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.TrustDomain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAuthorityTest {
    @TempDir
    private Path folder = Path.of("");

    private final TestClock clock = new TestClock();

    private WebAuthority open(String... hosts) {
        return WebAuthority.open(
                folder.resolve("keys"),
                folder.resolve("ca.pem"),
                List.of(hosts),
                AuthoritySettings.DEFAULTS,
                clock,
                new SecureRandom());
    }

    private void validate(X509Certificate leaf, X509Certificate root) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(clock.instant()));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
    }

    @Test
    void itsCertificateNamesTheConfiguredHosts() throws Exception {
        WebAuthority authority = open("git.example.com");
        X509Certificate leaf = authority.issueWithKey().chain().getFirst();
        assertThat(leaf.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "git.example.com");
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        validate(leaf, authority.rootCertificate());
    }

    /** Java's own validator overlooks a root's constraints, so they are read here; OpenSSL, GnuTLS and browsers hold them. */
    @Test
    void itsRootVouchesForTheConfiguredHostsAlone() {
        X509Certificate root = open("git.example.com").rootCertificate();
        assertThat(root.getCriticalExtensionOIDs()).contains("2.5.29.30");
        NameConstraints constraints = NameConstraints.getInstance(
                ASN1OctetString.getInstance(root.getExtensionValue("2.5.29.30")).getOctets());
        assertThat(constraints.getExcludedSubtrees()).isNull();
        assertThat(constraints.getPermittedSubtrees())
                .extracting(subtree -> subtree.getBase().getName().toString())
                .containsExactly(
                        "localhost",
                        "#7f000001ffffffff",
                        "#" + "0".repeat(31) + "1" + "f".repeat(32),
                        "git.example.com");
    }

    @Test
    void caPemHoldsTheRootAndSurvivesARestart() throws Exception {
        X509Certificate root = open().rootCertificate();
        String pem = Files.readString(folder.resolve("ca.pem"));
        assertThat(pem).startsWith("-----BEGIN CERTIFICATE-----\n").doesNotContain("PRIVATE");
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(Files.newInputStream(folder.resolve("ca.pem"))))
                .isEqualTo(root);
        assertThat(open().rootCertificate()).isEqualTo(root);
    }

    @Test
    void aNewHostMakesANewRootAndKeepsTheOldOneAside() throws Exception {
        X509Certificate first = open().rootCertificate();
        X509Certificate second = open("git.example.com").rootCertificate();
        assertThat(second).isNotEqualTo(first);
        assertThat(folder.resolve("keys/web-root.pem." + first.getSerialNumber().toString(16)))
                .exists();
        assertThat(open().rootCertificate()).isEqualTo(second);
    }

    @Test
    void itIsNotTheMeshsRoot() {
        MeshAuthority mesh = MeshAuthority.open(
                folder.resolve("keys"),
                new TrustDomain("gatehouse.test"),
                AuthoritySettings.DEFAULTS,
                clock,
                new SecureRandom());
        WebAuthority web = open();
        X509Certificate meshRoot = mesh.bundle().authorities().getFirst();
        assertThat(web.rootCertificate().getPublicKey()).isNotEqualTo(meshRoot.getPublicKey());
        assertThatThrownBy(() -> validate(web.issueWithKey().chain().getFirst(), meshRoot))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "exa_mple.com", "*.example.com", "https://x", "x:443", "::g", "-x"})
    void whatIsNoHostIsRefused(String host) {
        assertThatThrownBy(() -> open(host))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().cause()).isEqualTo(StartCause.ADDRESS_INVALID));
    }
}
