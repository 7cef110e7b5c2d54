package dev.gatehouse.proxy.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proxy.exchange.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastWordsTest {
    private static final String RESULT = "application/x-git-upload-pack-result";
    private static final Failure FAILURE = TrafficCause.UPSTREAM_TRUNCATED.with("service", "forge", "bytes", "7");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            nothing came yet          | 200 | application/x-git-upload-pack-result | ""                   | ERR GATE-5006
            before the packfile (v2)  | 200 | application/x-git-upload-pack-result | 000dpackfile\\n      | ERR GATE-5006
            after NAK (v0)            | 200 | application/x-git-upload-pack-result | 0008NAK\\n           | ERR GATE-5006
            in the pack               | 200 | application/x-git-upload-pack-result | 000dpackfile\\n000a\\1PACKx | \\3GATE-5006
            in the progress           | 200 | application/x-git-upload-pack-result | 000a\\2Count         | \\3GATE-5006
            in the middle of a line   | 200 | application/x-git-upload-pack-result | 0020\\1PACK          | -
            in the middle of a length | 200 | application/x-git-upload-pack-result | 000a\\1PACKx00       | -
            after the end             | 200 | application/x-git-upload-pack-result | 000a\\1PACKx0000     | -
            after last words          | 200 | application/x-git-upload-pack-result | 000a\\3oh no         | -
            not multiplexed           | 200 | application/x-git-upload-pack-result | 0008NAK\\nPACKxx     | -
            an error's text           | 502 | text/plain                           | 0008NAK\\n           | -
            """)
    void an_answer_that_breaks_off(String where, int status, String type, String bytes, String expected) {
        LastWords words = new LastWords(new TraceId(1, 2), RESULT);
        words.onHead(new ResponseHead(status, new DefaultHttpHeaders().set("content-type", type)));
        CapturedBody out = new CapturedBody();
        byte[] body = unescaped(bytes).getBytes(StandardCharsets.US_ASCII);
        for (byte one : body) {
            words.onChunk(Unpooled.wrappedBuffer(new byte[] {one}), out);
        }
        assertThat(out.bytes()).isEqualTo(body);
        Optional<ByteBuf> said = words.onBroken(FAILURE, UnpooledByteBufAllocator.DEFAULT);
        if (expected.equals("-")) {
            assertThat(said).isEmpty();
        } else {
            assertThat(said.map(buffer -> buffer.toString(StandardCharsets.UTF_8)))
                    .hasValueSatisfying(text -> assertThat(text.substring(4)).startsWith(unescaped(expected)));
        }
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n")
                .replace("\\1", "\u0001")
                .replace("\\2", "\u0002")
                .replace("\\3", "\u0003");
    }
}
