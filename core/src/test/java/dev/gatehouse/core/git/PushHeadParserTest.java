package dev.gatehouse.core.git;

import static dev.gatehouse.core.git.Pkts.SHA1_A;
import static dev.gatehouse.core.git.Pkts.SHA1_B;
import static dev.gatehouse.core.git.Pkts.SHA256_A;
import static dev.gatehouse.core.git.Pkts.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RefUpdate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PushHeadParserTest {
    private static final Optional<ObjectFormat> SHA1 = Optional.of(ObjectFormat.SHA1);
    private static final String MAIN = ZERO + " " + SHA1_A + " refs/heads/main";
    private static final String CAPABILITIES =
            "\0 report-status-v2 side-band-64k atomic object-format=sha1 agent=git/2.39.5";

    @Test
    void theHeadOfAnOrdinaryPushIsReadAndThePackIsLeft() {
        ByteBuffer body = Pkts.buffer(MAIN + CAPABILITIES, SHA1_A + " " + SHA1_B + " refs/heads/dev\n", "0000", "PACK");
        PushHead head = complete(new PushHeadParser(PushLimits.DEFAULT, SHA1).feed(body));
        assertThat(head.updates())
                .containsExactly(update(ZERO, SHA1_A, "refs/heads/main"), update(SHA1_A, SHA1_B, "refs/heads/dev"));
        assertThat(head.capabilities().reportStatusV2()).isTrue();
        assertThat(head.capabilities().reportStatus()).isFalse();
        assertThat(head.capabilities().sideBand64k()).isTrue();
        assertThat(head.capabilities().atomic()).isTrue();
        assertThat(head.capabilities().objectFormat()).contains(ObjectFormat.SHA1);
        assertThat(head.capabilities().agent()).contains("git/2.39.5");
        assertThat(head.headBytes()).isEqualTo(body.position());
        assertThat(Pkts.text(body)).isEqualTo("0008PACK");
        assertThat(head.packFollows()).isTrue();
    }

    @Test
    void shallowLinesAndPushOptionsBelongToTheHead() {
        PushHead head = complete(parse(
                "shallow " + SHA1_B + "\n",
                MAIN + "\0push-options x-new=1",
                "0000",
                "ci.skip",
                "reviewer=bob",
                "0000"));
        assertThat(head.shallow()).containsExactly(new ObjectId(ObjectFormat.SHA1, SHA1_B));
        assertThat(head.pushOptions()).containsExactly("ci.skip", "reviewer=bob");
        assertThat(head.capabilities().others()).containsExactly("x-new=1");
    }

    @Test
    void aPushThatOnlyDeletesHasNoPack() {
        PushHead head = complete(parse(SHA1_A + " " + ZERO + " refs/heads/old\0report-status delete-refs", "0000"));
        assertThat(head.packFollows()).isFalse();
    }

    @Test
    void theProbeBeforeALargePushIsAResultOfItsOwn() {
        PushHeadParser parser = new PushHeadParser(PushLimits.DEFAULT, SHA1);
        assertThat(parser.feed(Pkts.buffer("0000"))).isEqualTo(new PushHeadResult.Probe());
        assertThat(parser.end()).isEqualTo(new PushHeadResult.Probe());
    }

    @Test
    void nothingMayFollowAProbe() {
        assertThat(refused(parse("0000", MAIN)).failure().message())
                .isEqualTo("a pkt-line is malformed: something follows an empty list of commands");
        PushHeadParser parser = new PushHeadParser(PushLimits.DEFAULT, SHA1);
        parser.feed(Pkts.buffer("0000"));
        assertThat(parser.feed(Pkts.buffer(MAIN))).isInstanceOf(PushHeadResult.Refused.class);
    }

    @Test
    void aRepositoryWithSha256IsReadAsOne() {
        String command = "0".repeat(64) + " " + SHA256_A + " refs/heads/main\0report-status object-format=sha256";
        PushHeadResult known = new PushHeadParser(PushLimits.DEFAULT, Optional.of(ObjectFormat.SHA256))
                .feed(Pkts.buffer(command, "0000"));
        PushHeadResult unknown =
                new PushHeadParser(PushLimits.DEFAULT, Optional.empty()).feed(Pkts.buffer(command, "0000"));
        assertThat(complete(known).updates()).isEqualTo(complete(unknown).updates());
    }

    @Test
    void theSameHeadIsReadWhereverItIsCutInTwo() {
        byte[] body = Pkts.stream(
                "shallow " + SHA1_B, MAIN + CAPABILITIES + " push-options", "0000", "option", "0000", "PACKDATA");
        PushHead whole = complete(new PushHeadParser(PushLimits.DEFAULT, SHA1).feed(ByteBuffer.wrap(body)));
        for (int cut = 0; cut <= body.length; cut++) {
            PushHeadParser parser = new PushHeadParser(PushLimits.DEFAULT, SHA1);
            PushHeadResult result = new PushHeadResult.More();
            for (byte[] piece : PktLineReaderTest.cutAt(body, cut)) {
                result = parser.feed(ByteBuffer.wrap(piece));
            }
            assertThat(complete(result)).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void aPushThatIsCutOffAnywhereInItsHeadIsRefused() {
        byte[] body = Pkts.stream(MAIN + CAPABILITIES, "0000");
        for (int length = 0; length < body.length; length++) {
            PushHeadParser parser = new PushHeadParser(PushLimits.DEFAULT, SHA1);
            parser.feed(ByteBuffer.wrap(body, 0, length));
            assertThat(refused(parser.end()).failure().message())
                    .isEqualTo("the push ended in the middle, after " + length + " bytes");
        }
    }

    @Test
    void theRefusalSaysHowTheClientCanBeTold() {
        PushHeadParser early = new PushHeadParser(PushLimits.DEFAULT, SHA1);
        early.feed(Pkts.buffer("nonsense"));
        assertThat(early.phase()).isEqualTo(new GitPhase.PushUnread());
        PushHeadParser late = new PushHeadParser(PushLimits.DEFAULT, SHA1);
        late.feed(Pkts.buffer(MAIN + CAPABILITIES, MAIN));
        assertThat(late.phase())
                .asInstanceOf(type(GitPhase.Push.class))
                .satisfies(push -> assertThat(push.refs()).containsExactly(new RefName("refs/heads/main")))
                .satisfies(push -> assertThat(push.capabilities().sideBand64k()).isTrue());
    }

    static Stream<Arguments> limits() {
        String other = ZERO + " " + SHA1_A + " refs/heads/other";
        return Stream.of(
                Arguments.of(
                        new PushLimits(1, 9, 9, 9999),
                        List.of(MAIN, other, "0000"),
                        WireCause.TOO_MANY_REFS,
                        "the push names more than 1 refs"),
                Arguments.of(
                        new PushLimits(9, 1, 9, 9999),
                        List.of("shallow " + SHA1_A, "shallow " + SHA1_B),
                        WireCause.ARGUMENT_LIMIT,
                        "the request has more than 1 shallow lines"),
                Arguments.of(
                        new PushLimits(9, 9, 1, 9999),
                        List.of(MAIN + "\0push-options", "0000", "a", "b"),
                        WireCause.ARGUMENT_LIMIT,
                        "the request has more than 1 push options"),
                Arguments.of(
                        new PushLimits(9, 9, 9, 50),
                        List.of(MAIN),
                        WireCause.ARGUMENT_LIMIT,
                        "the request has more than 50 bytes before its pack"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void everyLimitHasACause(PushLimits limits, List<String> lines, Cause cause, String message) {
        PushHeadResult result = new PushHeadParser(limits, SHA1).feed(Pkts.buffer(lines.toArray(String[]::new)));
        assertThat(refused(result).failure().cause()).isEqualTo(cause);
        assertThat(refused(result).failure().message()).isEqualTo(message);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                bad(
                        WireCause.DUPLICATE_REF,
                        "the push names refs/heads/main twice",
                        MAIN,
                        SHA1_A + " " + SHA1_B + " refs/heads/main"),
                bad(
                        WireCause.REF_NAME_MALFORMED,
                        "refs/heads/a..b is not a well-formed ref name",
                        ZERO + " " + SHA1_A + " refs/heads/a..b"),
                bad(WireCause.REF_NAME_MALFORMED, "main is not a well-formed ref name", ZERO + " " + SHA1_A + " main"),
                bad(WireCause.REF_NAME_MALFORMED, "HEAD is not a well-formed ref name", ZERO + " " + SHA1_A + " HEAD"),
                bad(
                        WireCause.REF_NAME_MALFORMED,
                        "refs/heads/a b is not a well-formed ref name",
                        ZERO + " " + SHA1_A + " refs/heads/a b"),
                bad(
                        WireCause.REF_NAME_MALFORMED,
                        "refs/heads/x.lock is not a well-formed ref name",
                        ZERO + " " + SHA1_A + " refs/heads/x.lock"),
                bad(
                        WireCause.REF_NAME_MALFORMED,
                        "refs/heads/a? is not a well-formed ref name",
                        ZERO + " " + SHA1_A + " refs/heads/a\n\n"),
                bad(WireCause.REF_NAME_MALFORMED, " is not a well-formed ref name", ZERO + " " + SHA1_A + " "),
                bad(
                        WireCause.OBJECT_FORMAT_MISMATCH,
                        "the repository holds sha1 objects, your repository sha256",
                        "0".repeat(64) + " " + SHA256_A + " refs/heads/main"),
                bad(
                        WireCause.OBJECT_FORMAT_MISMATCH,
                        "the repository holds sha1 objects, your repository sha256",
                        MAIN + "\0object-format=sha256"),
                bad(
                        WireCause.OBJECT_FORMAT_MISMATCH,
                        "the repository holds sha1 objects, your repository md5",
                        MAIN + "\0object-format=md5"),
                bad(
                        WireCause.OBJECT_FORMAT_MISMATCH,
                        "the repository holds sha1 objects, your repository sha256",
                        "shallow " + SHA256_A,
                        MAIN),
                bad(
                        WireCause.CAPABILITY_UNKNOWN,
                        "the capability push-cert was not offered",
                        "push-cert\0report-status"),
                bad(
                        WireCause.CAPABILITY_UNKNOWN,
                        "the capability push-cert was not offered",
                        MAIN + "\0push-cert=nonce"),
                bad(WireCause.CAPABILITY_UNKNOWN, "the capability atomic=1 was not offered", MAIN + "\0atomic=1"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "the capability list has a control character in it",
                        MAIN + "\0quiet\tatomic"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "the capability object-format stands there twice",
                        MAIN + "\0object-format=sha1 object-format=sha1"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "capabilities stand after the first command",
                        MAIN,
                        ZERO + " " + SHA1_A + " refs/heads/b\0atomic"),
                bad(WireCause.PKT_LINE_MALFORMED, "a command is not: old ID, new ID, ref", SHA1_A + " refs/heads/main"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "a command is not: old ID, new ID, ref",
                        ZERO + "  " + SHA1_A + " refs/heads/main"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "a command is not: old ID, new ID, ref",
                        ZERO + " " + "A".repeat(40) + " refs/heads/main"),
                bad(WireCause.PKT_LINE_MALFORMED, "a command is not: old ID, new ID, ref", ""),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "a command names no object, neither old nor new",
                        ZERO + " " + ZERO + " refs/heads/main"),
                bad(WireCause.PKT_LINE_MALFORMED, "a shallow line stands after a command", MAIN, "shallow " + SHA1_A),
                bad(WireCause.PKT_LINE_MALFORMED, "a shallow line names no object", "shallow x"),
                bad(WireCause.PKT_LINE_MALFORMED, "a push has no such line", MAIN, "0001"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "a push option is not one line of text",
                        MAIN + "\0push-options",
                        "0000",
                        "a\nb"));
    }

    private static Arguments bad(Cause cause, String detail, String... lines) {
        String message = cause == WireCause.PKT_LINE_MALFORMED ? "a pkt-line is malformed: " + detail : detail;
        return Arguments.of(cause, message, List.of(lines));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadHeadIsRefusedWithItsCause(Cause cause, String message, List<String> lines) {
        PushHeadResult result = parse(lines.toArray(String[]::new));
        assertThat(refused(result).failure().cause()).isEqualTo(cause);
        assertThat(refused(result).failure().message()).isEqualTo(message);
    }

    @Test
    void aRefThatIsNotUtf8IsRefused() {
        byte[] content = (MAIN + "?").getBytes(StandardCharsets.US_ASCII);
        content[content.length - 1] = (byte) 0xff;
        PushHeadResult result = new PushHeadParser(PushLimits.DEFAULT, SHA1)
                .feed(ByteBuffer.wrap(new PktLineWriter().data(content).toBytes()));
        assertThat(refused(result).failure().cause()).isEqualTo(WireCause.REF_NAME_MALFORMED);
    }

    private static PushHeadResult parse(String... lines) {
        return new PushHeadParser(PushLimits.DEFAULT, SHA1).feed(Pkts.buffer(lines));
    }

    private static PushHead complete(PushHeadResult result) {
        assertThat(result).isInstanceOf(PushHeadResult.Complete.class);
        return ((PushHeadResult.Complete) result).head();
    }

    private static PushHeadResult.Refused refused(PushHeadResult result) {
        assertThat(result).isInstanceOf(PushHeadResult.Refused.class);
        return (PushHeadResult.Refused) result;
    }

    private static RefUpdate update(String oldId, String newId, String ref) {
        return new RefUpdate(
                new RefName(ref), new ObjectId(ObjectFormat.SHA1, oldId), new ObjectId(ObjectFormat.SHA1, newId));
    }
}
