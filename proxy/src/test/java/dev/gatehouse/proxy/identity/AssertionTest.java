package dev.gatehouse.proxy.identity;

import static dev.gatehouse.proxy.identity.TestIdentities.ALICE;
import static dev.gatehouse.proxy.identity.TestIdentities.CI_RUNNER;
import static dev.gatehouse.proxy.identity.TestIdentities.INGRESS;
import static dev.gatehouse.proxy.identity.TestIdentities.NOW;
import static dev.gatehouse.proxy.identity.TestIdentities.SIDECAR;
import static dev.gatehouse.proxy.identity.TestIdentities.peer;
import static dev.gatehouse.proxy.identity.TestIdentities.svid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.proxy.testing.Changing;
import dev.gatehouse.proxy.testing.TestAuthority;
import dev.gatehouse.proxy.tls.Svid;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AssertionTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final Svid first = svid(INGRESS);
    private final Changing.Svids current = new Changing.Svids(first);
    private final AssertionSigner signer = new AssertionSigner(current, now::get);
    private final AssertionVerifier verifier = new AssertionVerifier(SIDECAR, TestIdentities::nobodysBundle, now::get);

    @Test
    void tellsASidecarAPersonWithGroupsAndProof() {
        assertThat(verifier.verify(signer.assertionFor(ALICE, SIDECAR), peer(first)))
                .isEqualTo(new CallerIdentity.Established(ALICE));
    }

    @Test
    void tellsASidecarAWorkload() {
        assertThat(verifier.verify(signer.assertionFor(CI_RUNNER, SIDECAR), peer(first)))
                .isEqualTo(new CallerIdentity.Established(CI_RUNNER));
    }

    @Test
    void isUsedAgainUntilHalfOfItsLifeIsOver() {
        String assertion = signer.assertionFor(ALICE, SIDECAR);
        now.set(NOW.plusSeconds(29));
        assertThat(signer.assertionFor(ALICE, SIDECAR)).isEqualTo(assertion);
        now.set(NOW.plusSeconds(30));
        assertThat(signer.assertionFor(ALICE, SIDECAR)).isNotEqualTo(assertion);
    }

    @Test
    void isMadeForOneCallerProofAndDestination() {
        Caller otherToken =
                new Caller(ALICE.principal(), AuthenticationMethod.ACCESS_TOKEN, "tok_2", ALICE.expiresAt());
        assertThat(signer.assertionFor(ALICE, SIDECAR))
                .isNotEqualTo(signer.assertionFor(otherToken, SIDECAR))
                .isNotEqualTo(signer.assertionFor(ALICE, TestIdentities.DOMAIN.id("/other")));
    }

    @Test
    void endsWithTheProofBehindIt() {
        Caller brief = new Caller(
                ALICE.principal(), AuthenticationMethod.ACCESS_TOKEN, "tok_1", NOW.plus(Duration.ofSeconds(10)));
        String assertion = signer.assertionFor(brief, SIDECAR);
        now.set(NOW.plusSeconds(10).plus(AssertionFormat.CLOCK_SKEW_MAX));
        assertThat(verifier.verify(assertion, peer(first)).toString()).contains("it has expired");
    }

    @Test
    void stopsCountingWhenItExpiresAlsoWhereItWasFoundGoodBefore() {
        String assertion = signer.assertionFor(ALICE, SIDECAR);
        assertThat(verifier.verify(assertion, peer(first))).isInstanceOf(CallerIdentity.Established.class);
        now.set(NOW.plus(AssertionFormat.LIFETIME_MAX).plus(AssertionFormat.CLOCK_SKEW_MAX));
        assertThat(verifier.verify(assertion, peer(first)).toString()).contains("it has expired");
    }

    @Test
    void ofOneProxyIsNotTakenFromAnotherAlsoWhereItWasFoundGoodBefore() {
        String assertion = signer.assertionFor(ALICE, SIDECAR);
        verifier.verify(assertion, peer(first));
        Svid other = svid(TestIdentities.DOMAIN.id("/other"));
        assertThat(verifier.verify(assertion, peer(other)).toString()).contains("its issuer is not the peer");
    }

    @Test
    void isSignedAnewAtOnceWithARenewedSvid() {
        String before = signer.assertionFor(ALICE, SIDECAR);
        current.set(svid(INGRESS));
        assertThat(signer.assertionFor(ALICE, SIDECAR)).isNotEqualTo(before);
    }

    @Test
    void isBelievedOverAConnectionThatShowsTheSvidBeforeOrTheOneAfter() {
        TestAuthority authority = new TestAuthority(TestIdentities.DOMAIN.name());
        Svid old = authority.svid("/ingress", NOW.minusSeconds(60), NOW.plusSeconds(3600));
        Svid renewed = authority.svid("/ingress", NOW.minusSeconds(60), NOW.plusSeconds(3600));
        Changing.Svids changing = new Changing.Svids(old);
        AssertionSigner renewing = new AssertionSigner(changing, now::get);
        AssertionVerifier strict = new AssertionVerifier(SIDECAR, authority::bundle, now::get);
        changing.set(renewed);
        assertThat(strict.verify(renewing.assertionFor(ALICE, SIDECAR), peer(old)))
                .isInstanceOf(CallerIdentity.Established.class);
        now.set(NOW.plus(AssertionSigner.SETTLING));
        String settled = renewing.assertionFor(ALICE, SIDECAR);
        assertThat(settled).doesNotContain("x5c");
        assertThat(strict.verify(settled, peer(renewed))).isInstanceOf(CallerIdentity.Established.class);
    }

    @Test
    void bringingACertificateThatTheBundleDoesNotVouchForIsNotBelieved() {
        current.set(svid(INGRESS));
        assertThat(verifier.verify(signer.assertionFor(ALICE, SIDECAR), peer(first))
                        .toString())
                .contains("it brings a certificate that is not the peer's");
    }
}
