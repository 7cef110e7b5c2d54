package dev.gatehouse.core.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandoverCodecTest {
    private static final TrustDomain DOMAIN = new TrustDomain("example.org");
    private static final String NOBODY = "caller=nobody&client=x&rule=r&file=f&line=1&policy=1&digest=d";

    static Stream<Handover> handovers() {
        Principal alice = new Principal.Person("local", "alice", "Älice & co=%\n", Set.of("dev", "a&b=c"));
        Principal runner = new Principal.Workload(DOMAIN.id("/workload/ci-runner"));
        return Stream.of(Optional.of(alice), Optional.of(runner), Optional.<Principal>empty())
                .map(who -> who.map(principal -> new Caller(
                        principal,
                        AuthenticationMethod.ACCESS_TOKEN,
                        "ab12",
                        Instant.parse("2026-11-23T04:00:00.123456789Z"))))
                .map(caller -> new Handover(
                        caller,
                        List.of(DOMAIN.id("/ingress"), DOMAIN.id("/sidecar")),
                        "[::1]:4711",
                        new RuleReference("demo-push", "policy.yaml", 12),
                        new PolicyVersion(3, "abcdef012345")));
    }

    @ParameterizedTest
    @MethodSource("handovers")
    void aHandoverComesBackAsItWasThroughAnAsciiValue(Handover handover) {
        String value = HandoverCodec.encode(handover);
        assertThat(value).matches("[\\x21-\\x7e]+");
        assertThat(HandoverCodec.decode(value)).isEqualTo(new DecodedHandover.Decoded(handover));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "caller",
                "caller=nobody",
                NOBODY + "&digest=d",
                NOBODY + "&unknown=1",
                NOBODY + "&",
                NOBODY + "&group=admins",
                NOBODY + "&via=spiffe",
                "caller=root&client=x&rule=r&file=f&line=1&policy=1&digest=d",
                "caller=nobody&client=x y&rule=r&file=f&line=1&policy=1&digest=d",
                "caller=nobody&client=%&rule=r&file=f&line=1&policy=1&digest=d",
                "caller=nobody&client=%FF&rule=r&file=f&line=1&policy=1&digest=d",
                "caller=nobody&client=%c3%a9&rule=r&file=f&line=1&policy=1&digest=d",
                "caller=nobody&client=x&rule=r&file=f&line=one&policy=1&digest=d",
                "caller=workload&id=x&method=password&credential=c&expires=2026-01-01T00:00:00Z&client=x&rule=r&file=f&line=1&policy=1&digest=d",
                "caller=person&issuer=i&subject=s&name=n&method=magic&credential=c&expires=2026-01-01T00:00:00Z&client=x&rule=r&file=f&line=1&policy=1&digest=d",
                "caller=person&issuer=i&subject=s&name=n&method=password&credential=c&expires=soon&client=x&rule=r&file=f&line=1&policy=1&digest=d"
            })
    void whatIsNotExactlyAHandoverIsUndecodable(String value) {
        assertThat(HandoverCodec.decode(value)).isInstanceOf(DecodedHandover.Undecodable.class);
    }

    @Test
    void theTemplateOfTheBadOnesIsItselfGood() {
        assertThat(HandoverCodec.decode(NOBODY)).isInstanceOf(DecodedHandover.Decoded.class);
    }

    @Test
    void aHandoverThatFitsNoHeaderIsRefusedWithACause() {
        Handover handover = handovers().toList().getLast();
        Handover tooLong = new Handover(
                handover.caller(), handover.path(), "x".repeat(9000), handover.rule(), handover.policyVersion());
        assertThatThrownBy(() -> HandoverCodec.encode(tooLong))
                .isInstanceOf(FailureException.class)
                .hasMessage("GATE-3004 the request headers exceed 8192 bytes");
    }
}
