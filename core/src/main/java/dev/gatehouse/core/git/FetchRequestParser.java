package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.repository.ObjectFormat;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a POST to git-upload-pack while it passes (gitprotocol-v2 and gitprotocol-pack). Fed in chunks of any size, changes nothing, keeps
 * only counts; one request, one thread. What was fed may be forwarded as soon as the answer is not a refusal.
 */
public final class FetchRequestParser {
    private final FetchLimits limits;
    private final FetchGrammar grammar;
    private final PktLineReader reader = new PktLineReader();
    private @Nullable Failure refusal;

    /**
     * A check for one request.
     *
     * @param served the repository's object format; empty where it is not known, then the client's word counts
     */
    public FetchRequestParser(FetchLimits limits, GitProtocolVersion version, Optional<ObjectFormat> served) {
        this.limits = limits;
        FetchTally tally = new FetchTally(limits, version, served);
        this.grammar = version == GitProtocolVersion.V2 ? new FetchGrammarV2(tally) : new FetchGrammarV0(tally);
    }

    /** Reads all of {@code chunk}, or up to what is refused. */
    public FetchResult feed(ByteBuffer chunk) {
        while (refusal == null) {
            PktLineReader.Token token = reader.next(chunk);
            if (reader.consumedBytes() > limits.bodyBytesMax()) {
                return refused(WireCause.ARGUMENT_LIMIT.with(
                        "limit",
                        Long.toString(limits.bodyBytesMax()),
                        "what",
                        "bytes",
                        "setting",
                        "limits.fetch-body-bytes"));
            }
            Optional<Failure> failure = switch (token) {
                case MORE -> Optional.empty();
                case DATA -> grammar.line(reader.payload());
                case FLUSH -> grammar.flush();
                case DELIMITER -> grammar.delimiter();
                case RESPONSE_END -> FetchTally.malformed("a request has no response-end line");
                case MALFORMED -> Optional.of(reader.failure());
            };
            if (failure.isPresent()) {
                return refused(failure.get());
            }
            if (token == PktLineReader.Token.MORE) {
                return new FetchResult.More();
            }
        }
        return new FetchResult.Refused(refusal);
    }

    /** The body has ended. */
    public FetchResult end() {
        if (refusal == null && !(reader.atBoundary() && grammar.mayEnd())) {
            return refused(WireCause.PKT_LINE_MALFORMED.with(
                    "detail", "the request ended in the middle, after " + reader.consumedBytes() + " bytes"));
        }
        return refusal == null
                ? new FetchResult.Complete(grammar.request(reader.consumedBytes()))
                : new FetchResult.Refused(refusal);
    }

    private FetchResult refused(Failure failure) {
        refusal = failure;
        return new FetchResult.Refused(failure);
    }
}
