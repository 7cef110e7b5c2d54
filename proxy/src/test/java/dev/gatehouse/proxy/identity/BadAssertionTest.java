package dev.gatehouse.proxy.identity;

import static dev.gatehouse.proxy.identity.TestIdentities.ALICE;
import static dev.gatehouse.proxy.identity.TestIdentities.INGRESS;
import static dev.gatehouse.proxy.identity.TestIdentities.NOW;
import static dev.gatehouse.proxy.identity.TestIdentities.SIDECAR;
import static dev.gatehouse.proxy.identity.TestIdentities.certificate;
import static dev.gatehouse.proxy.identity.TestIdentities.keyPair;
import static dev.gatehouse.proxy.identity.TestIdentities.peer;
import static dev.gatehouse.proxy.identity.TestIdentities.svid;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.testing.Changing;
import dev.gatehouse.proxy.tls.Svid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the bad-token table that apply: each is refused, and costs bounded work. */
class BadAssertionTest {
    private static final Svid SVID = svid(INGRESS);
    private static final String KEY_ID = AssertionFormat.keyId(SVID.leaf()).toString();
    private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"gatehouse-assertion+jwt\",\"kid\":\"" + KEY_ID
            + "\",\"x5t#S256\":\"" + KEY_ID + "\"}";
    private static final long IAT = NOW.getEpochSecond();
    private static final String CLAIMS =
            "{\"iss\":\"spiffe://gatehouse.test/ingress\",\"aud\":\"spiffe://gatehouse.test/forge\",\"iat\":" + IAT
                    + ",\"exp\":" + (IAT + 60)
                    + ",\"sub\":\"local|alice\",\"idp\":\"local\",\"name\":\"alice\",\"groups\":[\"developers\"],"
                    + "\"amr\":[\"access-token\"],\"cid\":\"tok_1\",\"cex\":" + (IAT + 3600) + "}";

    private final AssertionVerifier verifier = new AssertionVerifier(SIDECAR, TestIdentities::nobodysBundle, () -> NOW);

    @Test
    void theTableStartsFromAGoodOne() {
        assertThat(verifier.verify(signed(HEADER, CLAIMS), peer(SVID))).isInstanceOf(CallerIdentity.Established.class);
    }

    static Stream<Arguments> badHeaders() {
        return Stream.of(
                Arguments.of("1: alg none", header("ES256", "none"), "it is malformed"),
                Arguments.of("1: alg nOnE", header("ES256", "nOnE"), "algorithm"),
                Arguments.of("2: HS256", header("ES256", "HS256"), "its algorithm is not ES256"),
                Arguments.of("2: RS256", header("ES256", "RS256"), "its algorithm is not ES256"),
                Arguments.of("5: ES384", header("ES256", "ES384"), "its algorithm is not ES256"),
                Arguments.of("5: EdDSA", header("ES256", "EdDSA"), "its algorithm is not ES256"),
                Arguments.of("9: another type", header("gatehouse-assertion+jwt", "JWT"), "its type is not"),
                Arguments.of(
                        "9: no type", header("\"typ\":\"gatehouse-assertion+jwt\",", ""), "its header does not have"),
                Arguments.of("11: alg twice", header("{", "{\"alg\":\"ES256\","), "it is malformed"),
                Arguments.of("11: trailing garbage", HEADER + "x", "it is malformed"),
                Arguments.of("11: not an object", "[]", "it is malformed"),
                Arguments.of("12: crit", header("{", "{\"crit\":[\"x\"],\"x\":1,"), "it"),
                Arguments.of("12: b64", header("{", "{\"b64\":false,\"crit\":[\"b64\"],"), "it"),
                Arguments.of("12: zip", header("{", "{\"zip\":\"DEF\","), "its header does not have"),
                Arguments.of("13: jku", header("{", "{\"jku\":\"https://evil.test/\","), "its header does not have"),
                Arguments.of("13: x5u", header("{", "{\"x5u\":\"https://evil.test/\","), "its header does not have"),
                Arguments.of(
                        "13: jwk",
                        header("{", "{\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"},"),
                        "it"),
                Arguments.of("13: x5c", header("{", "{\"x5c\":[\"AAAA\"],"), "it"),
                Arguments.of("14: no kid", header("\"kid\":\"" + KEY_ID + "\",", ""), "its header does not have"),
                Arguments.of(
                        "14: a path as kid",
                        header("\"kid\":\"" + KEY_ID, "\"kid\":\"../../dev/null"),
                        "it names two keys"),
                Arguments.of(
                        "14: an unknown key", HEADER.replace(KEY_ID, "AAAA"), "a key that the peer has not shown"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badHeaders")
    void refusesAHeader(String row, String header, String detail) {
        refused(signed(header, CLAIMS), detail);
    }

    static Stream<Arguments> badClaims() {
        return Stream.of(
                Arguments.of(
                        "6: no aud", claims("\"aud\":\"spiffe://gatehouse.test/forge\",", ""), "aud that is missing"),
                Arguments.of("6: aud of another", claims("test/forge", "test/other"), "it is meant for another proxy"),
                Arguments.of(
                        "6: aud list", claims("\"spiffe://gatehouse.test/forge\"", "[\"a\"]"), "aud that is missing"),
                Arguments.of("6: aud with a slash", claims("test/forge", "test/forge/"), "aud that is not a SPIFFE ID"),
                Arguments.of("6: aud in capitals", claims("test/forge", "test/FORGE"), "it is meant for another proxy"),
                Arguments.of(
                        "8: no iss", claims("\"iss\":\"spiffe://gatehouse.test/ingress\",", ""), "iss that is missing"),
                Arguments.of("8: iss of another", claims("test/ingress", "test/forge"), "its issuer is not the peer"),
                Arguments.of(
                        "8: iss in capitals", claims("gatehouse.test/ing", "GATEHOUSE.test/ing"), "iss that is not"),
                Arguments.of("10: expired", time(-200, -140), "it has expired"),
                Arguments.of("10: no exp", claims("\"exp\":" + (IAT + 60) + ",", ""), "exp that is not a time"),
                Arguments.of(
                        "10: exp as text", claims("\"exp\":" + (IAT + 60), "\"exp\":\"9\""), "exp that is not a time"),
                Arguments.of(
                        "10: exp as fraction",
                        claims("\"exp\":" + (IAT + 60), "\"exp\":1.5"),
                        "exp that is not a time"),
                Arguments.of("10: exp huge", claims("\"exp\":" + (IAT + 60), "\"exp\":1e400"), "it"),
                Arguments.of(
                        "10: exp negative", claims("\"exp\":" + (IAT + 60), "\"exp\":-1"), "exp that is not a time"),
                Arguments.of("10: iat in the future", time(31, 60), "it was issued in the future"),
                Arguments.of("10: lives too long", time(0, 61), "its lifetime exceeds 60 s"),
                Arguments.of("10: ends before it begins", time(10, 0), "its lifetime exceeds 60 s"),
                Arguments.of("11: sub twice", claims("{", "{\"sub\":\"local|root\","), "it is malformed"),
                Arguments.of("11: trailing garbage", CLAIMS + "}", "it is malformed"),
                Arguments.of("11: a BOM", "\uFEFF" + CLAIMS, "it"),
                Arguments.of("11: deep nesting", claims("[\"developers\"]", "[".repeat(5000) + "]".repeat(5000)), "it"),
                Arguments.of("19: sub empty", claims("local|alice", ""), "sub that is missing, empty"),
                Arguments.of(
                        "19: sub long", claims("local|alice", "local|" + "a".repeat(10_000)), "sub that is missing"),
                Arguments.of("19: sub with a line break", claims("local|alice", "local|a\\nb"), "sub that is missing"),
                Arguments.of("19: sub with NUL", claims("local|alice", "local|a\\u0000"), "sub that is missing"),
                Arguments.of(
                        "19: sub of another issuer", claims("local|alice", "okta|alice"), "its issuer does not vouch"),
                Arguments.of("19: nobody of an issuer", claims("local|alice", "local|"), "its issuer does not vouch"),
                Arguments.of(
                        "20: groups as text",
                        claims("[\"developers\"]", "\"developers\""),
                        "groups that is not a list"),
                Arguments.of("20: a null group", claims("[\"developers\"]", "[null]"), "groups that is missing"),
                Arguments.of(
                        "20: too many groups", claims("[\"developers\"]", manyGroups()), "groups that is not a list"),
                Arguments.of(
                        "22: a workload with groups", claims("\"idp\":\"local\",", ""), "a workload with the claims"),
                Arguments.of("an unknown claim", claims("{", "{\"admin\":true,"), "a claim that is not known"),
                Arguments.of("an unknown method", claims("access-token", "magic"), "amr that is not known"),
                Arguments.of(
                        "two methods", claims("[\"access-token\"]", "[\"access-token\",\"password\"]"), "amr that is"),
                Arguments.of("not an object", "[]", "it"),
                Arguments.of("null", "null", "it"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badClaims")
    void refusesClaims(String row, String claims, String detail) {
        refused(signed(HEADER, claims), detail);
    }

    static Stream<Arguments> badSignatures() {
        String good = signed(HEADER, CLAIMS);
        String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
        return Stream.of(
                Arguments.of("1: none", unsigned, "it is not a signed JWT"),
                Arguments.of("3: too short", unsigned + "AAAA", "its signature is not the peer's"),
                Arguments.of("3: in DER", with(unsigned, "SHA256withECDSA", SVID.key()), "its signature is not"),
                Arguments.of("4: all zero", unsigned + base64(new byte[64]), "its signature is not the peer's"),
                Arguments.of(
                        "5: of a P-384 key",
                        with(
                                unsigned,
                                "SHA384withECDSAinP1363Format",
                                keyPair("secp384r1").getPrivate()),
                        "its signature is not the peer's"),
                Arguments.of(
                        "another key's",
                        with(
                                unsigned,
                                "SHA256withECDSAinP1363Format",
                                svid(INGRESS).key()),
                        "its signature is not the peer's"),
                Arguments.of("2: HMAC with the public key", hmac(), "its algorithm is not ES256"),
                Arguments.of("12: JWE", "a.b.c.d.e", "it is not a signed JWT"),
                Arguments.of("changed", good.replace(".", ".e"), "it"),
                Arguments.of("padded", good + "=", "it is not a signed JWT"),
                Arguments.of("with white space", " " + good, "it is not a signed JWT"),
                Arguments.of("empty", "", "it is not a signed JWT"),
                Arguments.of("long", "a".repeat(1 << 20), "it exceeds 16384 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSignatures")
    void refusesASignature(String row, String assertion, String detail) {
        refused(assertion, detail);
    }

    @Test
    void refusesAPeerWhoseKeyIsNotOnP256() {
        KeyPair keys = keyPair("secp384r1");
        Peer.Verified peer = new Peer.Verified(INGRESS, certificate(keys, NOW.plus(Duration.ofHours(1))));
        String header =
                HEADER.replace(KEY_ID, AssertionFormat.keyId(peer.certificate()).toString());
        String assertion = with(unsigned(header, CLAIMS), "SHA256withECDSAinP1363Format", keys.getPrivate());
        assertThat(verifier.verify(assertion, peer).toString()).contains("it is malformed");
    }

    @Test
    void refusesAKeyWhoseCertificateHasExpired() {
        KeyPair keys = keyPair("secp256r1");
        Peer.Verified peer = new Peer.Verified(INGRESS, certificate(keys, NOW));
        String header =
                HEADER.replace(KEY_ID, AssertionFormat.keyId(peer.certificate()).toString());
        String assertion = with(unsigned(header, CLAIMS), "SHA256withECDSAinP1363Format", keys.getPrivate());
        assertThat(verifier.verify(assertion, peer).toString()).contains("a key that the peer has not shown");
    }

    @Test
    void refusesEveryOneThatIsChangedAnywhere() {
        String good = new AssertionSigner(new Changing.Svids(SVID), () -> NOW).assertionFor(ALICE, SIDECAR);
        Random random = new Random(20260301);
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(good.lastIndexOf('.'));
            char to = (char) (' ' + random.nextInt(95));
            if (good.charAt(at) != to) {
                String changed = good.substring(0, at) + to + good.substring(at + 1);
                assertThat(verifier.verify(changed, peer(SVID))).isInstanceOf(CallerIdentity.Refused.class);
            }
        }
    }

    @FuzzTest
    void neverThrowsAndNeverBelieves(FuzzedDataProvider data) {
        String header = data.consumeString(300);
        String claims = data.consumeRemainingAsString();
        verifier.verify(header, peer(SVID));
        verifier.verify(base64(header) + "." + base64(claims) + "." + base64(new byte[64]), peer(SVID));
        verifier.verify(signed(HEADER, claims), peer(SVID));
    }

    private void refused(String assertion, String detail) {
        CallerIdentity result = verifier.verify(assertion, peer(SVID));
        assertThat(result).isInstanceOfSatisfying(CallerIdentity.Refused.class, refused -> {
            assertThat(refused.failure().cause()).isEqualTo(IdentityCause.ASSERTION_INVALID);
            assertThat(refused.failure().facts().get("peer")).isEqualTo(INGRESS.toString());
            assertThat(refused.failure().facts().get("detail")).contains(detail);
        });
    }

    private static String header(String what, String by) {
        return replacedOnce(HEADER, what, by);
    }

    private static String claims(String what, String by) {
        return replacedOnce(CLAIMS, what, by);
    }

    private static String time(int issuedAfterSeconds, int expiresAfterSeconds) {
        UnaryOperator<String> issued =
                text -> replacedOnce(text, "\"iat\":" + IAT, "\"iat\":" + (IAT + issuedAfterSeconds));
        return replacedOnce(issued.apply(CLAIMS), "\"exp\":" + (IAT + 60), "\"exp\":" + (IAT + expiresAfterSeconds));
    }

    private static String manyGroups() {
        return "[" + "\"g\",".repeat(1000) + "\"g\"]";
    }

    private static String replacedOnce(String text, String what, String by) {
        int at = text.indexOf(what);
        assertThat(at).as("%s stands in %s", what, text).isNotNegative();
        return text.substring(0, at) + by + text.substring(at + what.length());
    }

    private static String unsigned(String header, String claims) {
        return base64(header) + "." + base64(claims) + ".";
    }

    private static String signed(String header, String claims) {
        return with(unsigned(header, claims), "SHA256withECDSAinP1363Format", SVID.key());
    }

    private static String with(String unsigned, String algorithm, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(unsigned.substring(0, unsigned.length() - 1).getBytes(StandardCharsets.US_ASCII));
            return unsigned + base64(signature.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String hmac() {
        String unsigned = unsigned(header("ES256", "HS256"), CLAIMS);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SVID.leaf().getPublicKey().getEncoded(), "HmacSHA256"));
            byte[] input = unsigned.substring(0, unsigned.length() - 1).getBytes(StandardCharsets.US_ASCII);
            return unsigned + base64(mac.doFinal(input));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
