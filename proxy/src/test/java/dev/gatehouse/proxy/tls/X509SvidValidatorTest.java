package dev.gatehouse.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proxy.testing.TestAuthority;
import dev.gatehouse.proxy.testing.TestAuthority.Profile;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class X509SvidValidatorTest {
    private static final TestAuthority OWN = new TestAuthority("example.test");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant FROM = NOW.minus(Duration.ofHours(1));
    private static final Instant UNTIL = NOW.plus(Duration.ofHours(1));
    private static final SpiffeId ID = OWN.id("/ci");

    private static SvidVerdict validate(List<X509Certificate> chain, Instant now) {
        return new X509SvidValidator(InstantSource.fixed(now)).validate(chain, OWN.bundle());
    }

    private static Svid leaf(UnaryOperator<Profile> change) {
        return OWN.svid(ID, change.apply(Profile.proper(ID, FROM, UNTIL)));
    }

    @Test
    void aProperSvidHolds() {
        Svid svid = leaf(profile -> profile);
        assertThat(validate(svid.chain(), NOW)).isEqualTo(new SvidVerdict.Valid(ID, svid.leaf(), UNTIL));
    }

    @Test
    void aRootThatIsSentAlongDoesNotMatter() {
        Svid svid = leaf(profile -> profile);
        assertThat(validate(List.of(svid.leaf(), OWN.root()), NOW)).isInstanceOf(SvidVerdict.Valid.class);
    }

    static Stream<Arguments> bad() {
        String foreign = "spiffe://evil.test/ci";
        return Stream.of(
                Arguments.of("no URI name", leaf(p -> p.withUris(List.of())), IdentityCause.CERTIFICATE_INVALID),
                Arguments.of(
                        "two URI names",
                        leaf(p -> p.withUris(List.of(ID.toString(), ID.toString()))),
                        IdentityCause.CERTIFICATE_INVALID),
                Arguments.of(
                        "a URI that is no SPIFFE ID",
                        leaf(p -> p.withUris(List.of("https://example.test/ci"))),
                        IdentityCause.CERTIFICATE_INVALID),
                Arguments.of(
                        "a SPIFFE ID without a path",
                        leaf(p -> p.withUris(List.of("spiffe://example.test"))),
                        IdentityCause.CERTIFICATE_INVALID),
                Arguments.of(
                        "a foreign trust domain, signed by our own CA",
                        leaf(p -> p.withUris(List.of(foreign))),
                        IdentityCause.FOREIGN_TRUST_DOMAIN),
                Arguments.of(
                        "our trust domain, signed by a foreign CA",
                        new TestAuthority("example.test").svid(ID, Profile.proper(ID, FROM, UNTIL)),
                        IdentityCause.CERTIFICATE_INVALID),
                Arguments.of("a CA", leaf(Profile::withAuthority), IdentityCause.CERTIFICATE_INVALID),
                Arguments.of(
                        "a key usage that is not critical",
                        leaf(p -> p.withKeyUsage(KeyUsage.digitalSignature, false)),
                        IdentityCause.CERTIFICATE_INVALID),
                Arguments.of(
                        "a key that may not sign",
                        leaf(p -> p.withKeyUsage(KeyUsage.keyAgreement, true)),
                        IdentityCause.CERTIFICATE_INVALID),
                Arguments.of(
                        "a key that may sign certificates",
                        leaf(p -> p.withKeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign, true)),
                        IdentityCause.CERTIFICATE_INVALID),
                Arguments.of(
                        "a key that may sign revocation lists",
                        leaf(p -> p.withKeyUsage(KeyUsage.digitalSignature | KeyUsage.cRLSign, true)),
                        IdentityCause.CERTIFICATE_INVALID));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void doesNotHold(String name, Svid svid, Cause cause) {
        assertThat(cause(validate(svid.chain(), NOW))).as(name).isEqualTo(cause);
    }

    @Test
    void timeIsTheInjectedClocks() {
        Svid svid = leaf(profile -> profile);
        assertThat(cause(validate(svid.chain(), UNTIL))).isEqualTo(IdentityCause.CERTIFICATE_EXPIRED);
        assertThat(cause(validate(svid.chain(), FROM.minusSeconds(1)))).isEqualTo(IdentityCause.CERTIFICATE_INVALID);
        assertThat(validate(svid.chain(), UNTIL.minusSeconds(1))).isInstanceOf(SvidVerdict.Valid.class);
    }

    @Test
    void noCertificateIsMissing() {
        assertThat(cause(validate(List.of(), NOW))).isEqualTo(IdentityCause.PEER_CERTIFICATE_MISSING);
    }

    @Test
    void aLiveConnectionsVerdictFollowsTheBundleAndTheClock() {
        Svid svid = leaf(profile -> profile);
        Instant[] now = {NOW};
        InstantSource clock = () -> now[0];
        TrustBundle other = new TestAuthority("example.test").bundle();
        PeerCertificate peer = new PeerCertificate(svid.chain(), new X509SvidValidator(clock), clock, OWN.bundle());
        assertThat(peer.verdict(OWN.bundle())).isInstanceOf(SvidVerdict.Valid.class);
        assertThat(cause(peer.verdict(other))).isEqualTo(IdentityCause.CERTIFICATE_INVALID);
        assertThat(peer.verdict(OWN.bundle())).isInstanceOf(SvidVerdict.Valid.class);
        now[0] = UNTIL;
        assertThat(cause(peer.verdict(OWN.bundle()))).isEqualTo(IdentityCause.CERTIFICATE_EXPIRED);
    }

    private static Cause cause(SvidVerdict verdict) {
        return switch (verdict) {
            case SvidVerdict.Valid valid -> throw new AssertionError(valid + " holds");
            case SvidVerdict.Invalid invalid -> invalid.failure().cause();
        };
    }
}
