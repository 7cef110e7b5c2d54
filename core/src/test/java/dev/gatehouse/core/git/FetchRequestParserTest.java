package dev.gatehouse.core.git;

import static dev.gatehouse.core.git.Pkts.SHA1_A;
import static dev.gatehouse.core.git.Pkts.SHA1_B;
import static dev.gatehouse.core.git.Pkts.SHA256_A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.repository.ObjectFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FetchRequestParserTest {
    private static final Optional<ObjectFormat> SHA1 = Optional.of(ObjectFormat.SHA1);
    private static final String[] FETCH_V2 = {
        "command=fetch",
        "agent=git/2.39.5",
        "object-format=sha1",
        "0001",
        "thin-pack",
        "ofs-delta",
        "deepen 1",
        "filter blob:none\n",
        "want " + SHA1_A + "\n",
        "want " + SHA1_B + "\n",
        "have " + SHA1_B + "\n",
        "done\n",
        "0000"
    };

    @Test
    void aFetchOfVersion2IsCounted() {
        assertThat(ask(GitProtocolVersion.V2, FETCH_V2))
                .isEqualTo(new FetchRequest(
                        GitProtocolVersion.V2,
                        "fetch",
                        2,
                        1,
                        OptionalInt.of(1),
                        Optional.of("blob:none"),
                        Optional.of("git/2.39.5"),
                        Pkts.stream(FETCH_V2).length));
    }

    @Test
    void aListingOfVersion2IsKnown() {
        FetchRequest request = ask(
                GitProtocolVersion.V2,
                "command=ls-refs\n",
                "object-format=sha1",
                "0001",
                "peel",
                "symrefs",
                "ref-prefix refs/heads/",
                "0000");
        assertThat(request.command()).isEqualTo("ls-refs");
    }

    @Test
    void aCloneOfVersion0IsCounted() {
        FetchRequest request = ask(
                GitProtocolVersion.V0,
                "want " + SHA1_A + " multi_ack_detailed side-band-64k thin-pack ofs-delta agent=git/2.39.5\n",
                "want " + SHA1_B + "\n",
                "deepen 3",
                "0000",
                "have " + SHA1_B + "\n",
                "0000",
                "done\n");
        assertThat(request.command()).isEqualTo("fetch");
        assertThat(request.wants()).isEqualTo(2);
        assertThat(request.haves()).isEqualTo(1);
        assertThat(request.depth()).hasValue(3);
        assertThat(request.agent()).contains("git/2.39.5");
    }

    @ParameterizedTest
    @CsvSource({"V0", "V1", "V2"})
    void theProbeBeforeALargeRequestIsKnown(GitProtocolVersion version) {
        assertThat(ask(version, "0000").command()).isEqualTo("probe");
    }

    @Test
    void theSameIsCountedWhereverTheBodyIsCutInTwo() {
        byte[] body = Pkts.stream(FETCH_V2);
        FetchRequest whole = ask(GitProtocolVersion.V2, FETCH_V2);
        for (int cut = 0; cut <= body.length; cut++) {
            FetchRequestParser parser = new FetchRequestParser(FetchLimits.DEFAULT, GitProtocolVersion.V2, SHA1);
            for (byte[] piece : PktLineReaderTest.cutAt(body, cut)) {
                assertThat(parser.feed(ByteBuffer.wrap(piece))).isEqualTo(new FetchResult.More());
            }
            assertThat(parser.end()).as("cut at %d", cut).isEqualTo(new FetchResult.Complete(whole));
        }
    }

    @Test
    void aBodyThatIsCutOffIsRefused() {
        byte[] body = Pkts.stream(FETCH_V2);
        for (int length = 0; length < body.length; length++) {
            FetchRequestParser parser = new FetchRequestParser(FetchLimits.DEFAULT, GitProtocolVersion.V2, SHA1);
            parser.feed(ByteBuffer.wrap(body, 0, length));
            assertThat(parser.end()).isInstanceOf(FetchResult.Refused.class);
        }
    }

    static Stream<Arguments> badV2() {
        return Stream.of(
                bad(
                        WireCause.COMMAND_UNKNOWN,
                        "the protocol command bundle-uri is not known here",
                        "command=bundle-uri",
                        "0000"),
                bad(WireCause.COMMAND_UNKNOWN, "the protocol command FETCH is not known here", "command=FETCH", "0000"),
                bad(
                        WireCause.OBJECT_FORMAT_MISMATCH,
                        "the repository holds sha1 objects, your repository sha256",
                        "command=fetch",
                        "object-format=sha256",
                        "0000"),
                bad(
                        WireCause.OBJECT_FORMAT_MISMATCH,
                        "the repository holds sha1 objects, your repository sha256",
                        "command=fetch",
                        "0001",
                        "want " + SHA256_A),
                bad(WireCause.PKT_LINE_MALFORMED, "the first line is not command=", "agent=x", "command=fetch"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "a second command stands in one request",
                        "command=ls-refs",
                        "command=fetch"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "something follows the end of the request",
                        "command=ls-refs",
                        "0000",
                        "command=fetch"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "something follows the end of the request",
                        "command=ls-refs",
                        "0000",
                        "0000"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "a delimiter stands where none belongs",
                        "command=fetch",
                        "0001",
                        "0001"),
                bad(WireCause.PKT_LINE_MALFORMED, "a delimiter stands where none belongs", "0001"),
                bad(WireCause.PKT_LINE_MALFORMED, "a request has no response-end line", "0002"),
                bad(WireCause.PKT_LINE_MALFORMED, "a line names no object", "command=fetch", "0001", "want main"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "a line names no object",
                        "command=fetch",
                        "0001",
                        "want " + SHA1_A + " atomic"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "a line names no object",
                        "command=fetch",
                        "0001",
                        "have " + SHA1_A + "\n\n"),
                bad(WireCause.PKT_LINE_MALFORMED, "a depth is not a number", "command=fetch", "0001", "deepen -1"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "a depth is not a number",
                        "command=fetch",
                        "0001",
                        "deepen 99999999999"));
    }

    static Stream<Arguments> badV0() {
        return Stream.of(
                bad(WireCause.PKT_LINE_MALFORMED, "the first line is not a want", "command=fetch"),
                bad(WireCause.PKT_LINE_MALFORMED, "the first line is not a want", "have " + SHA1_A),
                bad(WireCause.PKT_LINE_MALFORMED, "version 0 has no delimiter", "want " + SHA1_A, "0001"),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "an unknown line stands among the wants",
                        "want " + SHA1_A,
                        "have " + SHA1_A),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "an unknown line stands among the haves",
                        "want " + SHA1_A,
                        "0000",
                        "want " + SHA1_B),
                bad(
                        WireCause.PKT_LINE_MALFORMED,
                        "something follows the end of the request",
                        "want " + SHA1_A,
                        "0000",
                        "done",
                        "done"),
                bad(WireCause.PKT_LINE_MALFORMED, "something follows the end of the request", "0000", "want " + SHA1_A),
                bad(
                        WireCause.OBJECT_FORMAT_MISMATCH,
                        "the repository holds sha1 objects, your repository sha256",
                        "want " + SHA256_A + " object-format=sha256"));
    }

    private static Arguments bad(Cause cause, String detail, String... lines) {
        String message = cause == WireCause.PKT_LINE_MALFORMED ? "a pkt-line is malformed: " + detail : detail;
        return Arguments.of(cause, message, List.of(lines));
    }

    @ParameterizedTest
    @MethodSource("badV2")
    void aBadRequestOfVersion2IsRefusedWithItsCause(Cause cause, String message, List<String> lines) {
        assertRefused(GitProtocolVersion.V2, FetchLimits.DEFAULT, cause, message, lines);
    }

    @ParameterizedTest
    @MethodSource("badV0")
    void aBadRequestOfVersion0IsRefusedWithItsCause(Cause cause, String message, List<String> lines) {
        assertRefused(GitProtocolVersion.V0, FetchLimits.DEFAULT, cause, message, lines);
    }

    static Stream<Arguments> limits() {
        String head = "command=fetch";
        return Stream.of(
                Arguments.of("1 wants", List.of(head, "0001", "want " + SHA1_A, "want-ref refs/heads/x")),
                Arguments.of("1 haves", List.of(head, "0001", "have " + SHA1_A, "have " + SHA1_A)),
                Arguments.of("1 ref prefixes", List.of(head, "0001", "ref-prefix a", "ref-prefix b")),
                Arguments.of("1 arguments", List.of(head, "0001", "thin-pack", "ofs-delta")),
                Arguments.of("200 bytes", List.of(head, "0001", "x".repeat(200))));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void everyLimitHasACause(String what, List<String> lines) {
        assertRefused(
                GitProtocolVersion.V2,
                new FetchLimits(1, 1, 1, 1, 200),
                WireCause.ARGUMENT_LIMIT,
                "the request has more than " + what,
                lines);
    }

    @ParameterizedTest
    @CsvSource({
        "version=2,V2",
        "version=1,V1",
        "version=0,V0",
        "version=1:version=2,V2",
        "x=y:version=2:z,V2",
        "version=3,V0",
        "VERSION=2,V0",
        "version=22,V0",
        "'',V0"
    })
    void theHighestKnownVersionOfTheHeaderCounts(String header, GitProtocolVersion version) {
        assertThat(GitProtocolVersion.of(Optional.of(header))).isEqualTo(version);
    }

    private static void assertRefused(
            GitProtocolVersion version, FetchLimits limits, Cause cause, String message, List<String> lines) {
        FetchResult result =
                new FetchRequestParser(limits, version, SHA1).feed(Pkts.buffer(lines.toArray(String[]::new)));
        assertThat(result).isInstanceOf(FetchResult.Refused.class);
        Failure failure = ((FetchResult.Refused) result).failure();
        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.message()).isEqualTo(message);
    }

    private static FetchRequest ask(GitProtocolVersion version, String... lines) {
        FetchRequestParser parser = new FetchRequestParser(FetchLimits.DEFAULT, version, SHA1);
        assertThat(parser.feed(Pkts.buffer(lines))).isEqualTo(new FetchResult.More());
        FetchResult end = parser.end();
        assertThat(end).isInstanceOf(FetchResult.Complete.class);
        return ((FetchResult.Complete) end).request();
    }
}
