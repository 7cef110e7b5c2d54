package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.repository.ObjectFormat;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/** Counts what a request to git-upload-pack asks, against its limits; shared by both grammars. */
final class FetchTally {
    private static final int TEXT_LENGTH_MAX = 256;
    private static final int DEPTH_DIGITS_MAX = 10;
    private static final String OBJECT_FORMAT = "object-format=";
    private static final String AGENT = "agent=";

    private final FetchLimits limits;
    private final GitProtocolVersion version;
    private final Optional<ObjectFormat> served;
    private Optional<ObjectFormat> asked = Optional.empty();
    private Optional<String> agent = Optional.empty();
    private Optional<String> filter = Optional.empty();
    private OptionalInt depth = OptionalInt.empty();
    private int wants;
    private int haves;
    private int refPrefixes;
    private int others;

    FetchTally(FetchLimits limits, GitProtocolVersion version, Optional<ObjectFormat> served) {
        this.limits = limits;
        this.version = version;
        this.served = served;
    }

    static Optional<Failure> malformed(String detail) {
        return Optional.of(WireCause.PKT_LINE_MALFORMED.with("detail", detail));
    }

    int wants() {
        return wants;
    }

    Optional<Failure> capability(String capability) {
        if (capability.startsWith(AGENT)) {
            agent = Optional.of(bounded(capability.substring(AGENT.length())));
            return Optional.empty();
        }
        if (!capability.startsWith(OBJECT_FORMAT)) {
            return Optional.empty();
        }
        String label = capability.substring(OBJECT_FORMAT.length());
        Optional<ObjectFormat> format = ObjectFormat.parse(label);
        if (format.isEmpty() || (served.isPresent() && !served.equals(format))) {
            return Optional.of(Mismatch.between(served, label));
        }
        if (asked.isPresent()) {
            return malformed("the capability object-format stands there twice");
        }
        asked = format;
        return Optional.empty();
    }

    /** Silence means SHA-1; checked once the capabilities have been read. */
    Optional<Failure> capabilitiesRead() {
        ObjectFormat spoken = asked.orElse(ObjectFormat.SHA1);
        ObjectFormat expected = served.orElse(spoken);
        return spoken == expected ? Optional.empty() : Optional.of(Mismatch.between(expected, spoken));
    }

    Optional<Failure> want(ByteBuffer payload, int prefixLength, boolean textMayFollow) {
        wants++;
        if (wants > limits.wantsMax()) {
            return limit(limits.wantsMax(), "wants", "limits.fetch-wants");
        }
        return objectId(payload, prefixLength, textMayFollow);
    }

    Optional<Failure> wantRef() {
        wants++;
        return wants > limits.wantsMax() ? limit(limits.wantsMax(), "wants", "limits.fetch-wants") : Optional.empty();
    }

    Optional<Failure> have(ByteBuffer payload, int prefixLength) {
        haves++;
        if (haves > limits.havesMax()) {
            return limit(limits.havesMax(), "haves", "limits.fetch-haves");
        }
        return objectId(payload, prefixLength, false);
    }

    Optional<Failure> shallow(ByteBuffer payload, int prefixLength) {
        Optional<Failure> tooMany = other();
        return tooMany.isPresent() ? tooMany : objectId(payload, prefixLength, false);
    }

    Optional<Failure> refPrefix() {
        refPrefixes++;
        return refPrefixes > limits.refPrefixesMax()
                ? limit(limits.refPrefixesMax(), "ref prefixes", "limits.fetch-ref-prefixes")
                : Optional.empty();
    }

    Optional<Failure> other() {
        others++;
        return others > limits.argumentsMax()
                ? limit(limits.argumentsMax(), "arguments", "limits.fetch-arguments")
                : Optional.empty();
    }

    Optional<Failure> depth(String number) {
        boolean digits = !number.isEmpty()
                && number.length() <= DEPTH_DIGITS_MAX
                && number.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            return malformed("a depth is not a number");
        }
        depth = OptionalInt.of((int) Math.min(Integer.MAX_VALUE, Long.parseLong(number)));
        return other();
    }

    Optional<Failure> filter(String spec) {
        filter = Optional.of(bounded(spec));
        return other();
    }

    FetchRequest request(String command, long bodyBytes) {
        return new FetchRequest(version, command, wants, haves, depth, filter, agent, bodyBytes);
    }

    private Optional<Failure> objectId(ByteBuffer payload, int prefixLength, boolean textMayFollow) {
        int digits = Lines.hexDigits(payload, prefixLength);
        int end = prefixLength + digits;
        boolean ends = Lines.endsAt(payload, end)
                || (textMayFollow && end < payload.remaining() && payload.get(payload.position() + end) == ' ');
        Optional<ObjectFormat> format = ends ? ObjectFormat.ofHexLength(digits) : Optional.empty();
        if (format.isEmpty()) {
            return malformed("a line names no object");
        }
        ObjectFormat expected = served.or(() -> asked).orElse(ObjectFormat.SHA1);
        return format.get() == expected ? Optional.empty() : Optional.of(Mismatch.between(expected, format.get()));
    }

    private static Optional<Failure> limit(int limit, String what, String setting) {
        return Optional.of(
                WireCause.ARGUMENT_LIMIT.with("limit", Integer.toString(limit), "what", what, "setting", setting));
    }

    private static String bounded(String text) {
        return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX);
    }
}
