package dev.gatehouse.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.core.http.CanonicalPath;
import dev.gatehouse.core.http.RequestTarget;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Hostile bytes: every parser answers, none throws, and where a stream is cut changes nothing. */
class WireFuzzTest {
    @FuzzTest
    void aPushHeadNeverThrowsAndDoesNotDependOnChunks(FuzzedDataProvider data) {
        int cut = data.consumeInt(0, 64);
        byte[] body = data.consumeRemainingAsBytes();
        PushHeadParser whole = new PushHeadParser(PushLimits.DEFAULT, Optional.empty());
        PushHeadParser pieces = new PushHeadParser(PushLimits.DEFAULT, Optional.empty());
        whole.feed(ByteBuffer.wrap(body));
        int at = Math.min(cut, body.length);
        pieces.feed(ByteBuffer.wrap(body, 0, at));
        pieces.feed(ByteBuffer.wrap(body, at, body.length - at));
        assertThat(pieces.end()).isEqualTo(whole.end());
    }

    @FuzzTest
    void aFetchRequestNeverThrowsAndDoesNotDependOnChunks(FuzzedDataProvider data) {
        GitProtocolVersion version = data.pickValue(GitProtocolVersion.values());
        int cut = data.consumeInt(0, 64);
        byte[] body = data.consumeRemainingAsBytes();
        FetchRequestParser whole = new FetchRequestParser(FetchLimits.DEFAULT, version, Optional.empty());
        FetchRequestParser pieces = new FetchRequestParser(FetchLimits.DEFAULT, version, Optional.empty());
        whole.feed(ByteBuffer.wrap(body));
        for (byte[] piece : PktLineReaderTest.cutAt(body, Math.min(cut, body.length))) {
            pieces.feed(ByteBuffer.wrap(piece));
        }
        assertThat(pieces.end()).isEqualTo(whole.end());
    }

    @FuzzTest
    void theBoundaryAgreesWithTheReader(byte[] body) {
        PktLineBoundary boundary = new PktLineBoundary();
        PktLineReader reader = new PktLineReader();
        boundary.feed(ByteBuffer.wrap(body));
        ByteBuffer chunk = ByteBuffer.wrap(Arrays.copyOf(body, body.length));
        PktLineReader.Token token = reader.next(chunk);
        while (token != PktLineReader.Token.MORE && token != PktLineReader.Token.MALFORMED) {
            token = reader.next(chunk);
        }
        assertThat(boundary.atBoundary()).isEqualTo(token != PktLineReader.Token.MALFORMED && reader.atBoundary());
    }

    @FuzzTest
    void aTargetIsForwardedAsItCameOrNotAtAll(FuzzedDataProvider data) {
        String target = "/" + data.consumeRemainingAsString();
        if (CanonicalPath.parse(target)
                instanceof RequestTarget.Canonical(CanonicalPath path, Optional<String> query)) {
            assertThat(path.value() + query.map(q -> "?" + q).orElse("")).isEqualTo(target);
            if (GitEndpoints.parse("POST", path, query) instanceof GitTarget.Git(GitEndpoint endpoint)) {
                assertThat(endpoint.target()).isEqualTo(target);
            }
        }
    }
}
