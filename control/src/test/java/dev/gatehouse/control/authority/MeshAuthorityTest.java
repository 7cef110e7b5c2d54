package dev.gatehouse.control.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.control.CertificateRequests;
import dev.gatehouse.control.TestClock;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.IssuedSvid;
import dev.gatehouse.core.identity.TrustDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MeshAuthorityTest {
    private static final TrustDomain DOMAIN = new TrustDomain("gatehouse.test");
    private static final int DIGITAL_SIGNATURE = 0;

    @TempDir
    private Path keys = Path.of("");

    private final TestClock clock = new TestClock();

    private MeshAuthority open() {
        return MeshAuthority.open(keys, DOMAIN, AuthoritySettings.DEFAULTS, clock, new SecureRandom());
    }

    @Test
    void anSvidHasTheProfileOfTheSpecification() throws Exception {
        KeyPair key = CertificateRequests.ecKey();
        IssuedSvid svid = open().issue(DOMAIN.id("/ingress"), CertificateRequests.csr(key));
        X509Certificate leaf = svid.leaf();

        assertThat(leaf.getPublicKey()).isEqualTo(key.getPublic());
        assertThat(leaf.getSubjectAlternativeNames())
                .singleElement()
                .isEqualTo(List.of(6, "spiffe://gatehouse.test/ingress"));
        assertThat(leaf.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.17", "2.5.29.19");
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getKeyUsage()[DIGITAL_SIGNATURE]).isTrue();
        assertThat(Arrays.copyOfRange(leaf.getKeyUsage(), 1, 9)).containsOnly(false);
        assertThat(leaf.getExtendedKeyUsage()).containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(leaf.getNotBefore()).isEqualTo(Date.from(clock.instant().minusSeconds(30)));
        assertThat(leaf.getNotAfter()).isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(24))));
        assertThat(svid.privateKey()).isEmpty();
    }

    @Test
    void theChainLeadsToTheBundle() throws Exception {
        MeshAuthority authority = open();
        IssuedSvid svid = authority.issueWithKey(DOMAIN.id("/workload/ci-runner"), Duration.ofHours(1));

        assertThat(svid.chain()).hasSize(2);
        assertThat(svid.authorities()).isEqualTo(authority.bundle().authorities());
        assertThat(svid.privateKey()).isPresent();
        PKIXParameters parameters = new PKIXParameters(
                Set.of(new TrustAnchor(authority.bundle().authorities().getFirst(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(clock.instant()));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(svid.chain()), parameters);
    }

    @Test
    void serialNumbersDoNotRepeat() {
        MeshAuthority authority = open();
        byte[] csr = CertificateRequests.csr(CertificateRequests.ecKey());
        Set<String> serials = new java.util.HashSet<>();
        for (int i = 0; i < 50; i++) {
            assertThat(serials.add(authority.issue(DOMAIN.id("/forge"), csr).serial()))
                    .isTrue();
        }
    }

    @Test
    void aRestartKeepsTheRootAndTheIntermediate() {
        byte[] csr = CertificateRequests.csr(CertificateRequests.ecKey());
        MeshAuthority before = open();
        X509Certificate intermediate =
                before.issue(DOMAIN.id("/forge"), csr).chain().getLast();
        MeshAuthority after = open();
        assertThat(after.bundle()).isEqualTo(before.bundle());
        assertThat(after.issue(DOMAIN.id("/forge"), csr).chain().getLast()).isEqualTo(intermediate);
    }

    @Test
    void theIntermediateIsReplacedAtHalfItsLife() {
        byte[] csr = CertificateRequests.csr(CertificateRequests.ecKey());
        MeshAuthority authority = open();
        X509Certificate first =
                authority.issue(DOMAIN.id("/forge"), csr).chain().getLast();
        clock.advance(Duration.ofDays(184));
        X509Certificate second =
                authority.issue(DOMAIN.id("/forge"), csr).chain().getLast();
        assertThat(second).isNotEqualTo(first);
        assertThat(open().issue(DOMAIN.id("/forge"), csr).chain().getLast()).isEqualTo(second);
    }

    @Test
    void keysAreForTheirOwnerAlone() throws IOException {
        assertThat(open().bundle().authorities()).hasSize(1);
        try (Stream<Path> files = Files.list(keys)) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    static Stream<Arguments> badRequests() {
        KeyPair key = CertificateRequests.ecKey();
        KeyPair other = CertificateRequests.ecKey();
        byte[] good = CertificateRequests.csr(key);
        byte[] trailing = Arrays.copyOf(good, good.length + 1);
        byte[] changed = good.clone();
        changed[changed.length - 1] ^= 1;
        return Stream.of(
                Arguments.of("empty", new byte[0], "it is not PKCS#10 in DER"),
                Arguments.of("garbage", new byte[] {1, 2, 3, 4}, "it is not PKCS#10 in DER"),
                Arguments.of("cut off", Arrays.copyOf(good, good.length / 2), "it is not PKCS#10 in DER"),
                Arguments.of("bytes after the end", trailing, "it is not PKCS#10 in DER"),
                Arguments.of("too large", new byte[20_000], "it is larger than 16384 bytes"),
                Arguments.of("changed signature", changed, "it is not signed with its own key"),
                Arguments.of(
                        "signed with another key",
                        CertificateRequests.csr(key.getPublic(), other.getPrivate(), "EC"),
                        "it is not signed with its own key"),
                Arguments.of(
                        "RSA",
                        CertificateRequests.csr(CertificateRequests.rsaKey()),
                        "its key is not ECDSA P-256 or P-384"),
                Arguments.of(
                        "P-521",
                        CertificateRequests.csr(CertificateRequests.ecKey("secp521r1")),
                        "its key is not ECDSA P-256 or P-384"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRequests")
    void aBadRequestIsRefused(String name, byte[] csr, String detail) {
        assertThatThrownBy(() -> open().issue(DOMAIN.id("/ingress"), csr))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isEqualTo(IdentityCause.CSR_INVALID.with("detail", detail)));
    }

    @Test
    void aLifetimeBeyondTheLimitIsRefused() {
        for (Duration lifetime : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(31))) {
            assertThatThrownBy(() -> open().issueWithKey(DOMAIN.id("/workload/x"), lifetime))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().cause()).isEqualTo(StartCause.LIFETIME_INVALID));
        }
    }

    static Stream<Arguments> damage() {
        return Stream.of(
                Arguments.of("empty", "mesh-root.pem", "", "it is cut off, or not a key with its certificate"),
                Arguments.of("garbage", "mesh-root.pem", "xx", "it is cut off, or not a key with its certificate"),
                Arguments.of(
                        "garbage in the key",
                        "mesh-root.pem",
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                        "its certificate is damaged"),
                Arguments.of("empty", "mesh-intermediate.pem", "", "it is cut off, or not a key with its certificate"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("damage")
    void damagedStateIsRefusedWithItsPath(String name, String file, String content, String detail) throws IOException {
        assertThat(open().bundle().authorities()).hasSize(1);
        Files.writeString(keys.resolve(file), content);
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure())
                                .isEqualTo(StartCause.DATA_UNREADABLE.with(
                                        "path", keys.resolve(file).toString(), "detail", detail)));
    }

    @Test
    void halfAFileIsRefused() throws IOException {
        assertThat(open().bundle().authorities()).hasSize(1);
        Path root = keys.resolve("mesh-root.pem");
        String whole = Files.readString(root);
        for (int length = 0; length < whole.length(); length += 97) {
            Files.writeString(root, whole.substring(0, length));
            assertThatThrownBy(this::open).isInstanceOf(FailureException.class);
        }
    }

    @Test
    void aMissingRootIsNotReplacedUnderAnExistingIntermediate() throws IOException {
        assertThat(open().bundle().authorities()).hasSize(1);
        Files.delete(keys.resolve("mesh-root.pem"));
        assertThatThrownBy(this::open).hasMessageContaining("it is missing, though mesh-intermediate.pem is there");
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        assertThat(open().bundle().authorities()).hasSize(1);
        Files.setPosixFilePermissions(keys.resolve("mesh-root.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::open).hasMessageContaining("others than its owner may use it");
    }

    @Test
    void anotherTrustDomainsKeysAreRefused() {
        assertThat(open().bundle().authorities()).hasSize(1);
        assertThatThrownBy(() -> MeshAuthority.open(
                        keys, new TrustDomain("other.test"), AuthoritySettings.DEFAULTS, clock, new SecureRandom()))
                .hasMessageContaining("the root of another trust domain than the configured other.test");
    }
}
