package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.repository.ObjectFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the capability list behind the NUL of a push's first command. Git's own reader takes {@code atomic=1} for {@code atomic} and a tab for
 * a space, ours does not: where the two could disagree, the list is refused.
 */
final class PushCapabilityParser {
    private static final int TEXT_LENGTH_MAX = 256;
    private static final int COUNT_MAX = 64;
    private static final Set<String> FLAGS = Set.of(
            "report-status", "report-status-v2", "side-band-64k", "quiet", "atomic", "delete-refs", "push-options");
    private static final String OBJECT_FORMAT = "object-format=";
    private static final String AGENT = "agent=";
    private static final String SESSION_ID = "session-id=";

    /** What became of a list. */
    sealed interface Outcome {
        record Parsed(PushCapabilities capabilities) implements Outcome {}

        record Refused(Failure failure) implements Outcome {}
    }

    private PushCapabilityParser() {}

    static Outcome parse(String text, Optional<ObjectFormat> served) {
        if (Lines.hasControl(text)) {
            return malformed("the capability list has a control character in it");
        }
        Set<String> seen = new HashSet<>();
        List<String> others = new ArrayList<>();
        Optional<ObjectFormat> format = Optional.empty();
        Optional<String> agent = Optional.empty();
        Optional<String> session = Optional.empty();
        for (String capability : text.split(" ", -1)) {
            if (capability.isEmpty()) {
                continue;
            }
            String name = nameOf(capability);
            boolean flag = FLAGS.contains(name);
            if (flag && name.length() != capability.length()) {
                return new Outcome.Refused(WireCause.CAPABILITY_UNKNOWN.with("capability", capability));
            }
            if (!seen.add(name) && !flag) {
                return malformed("the capability " + name + " stands there twice");
            }
            if (seen.size() > COUNT_MAX) {
                return new Outcome.Refused(WireCause.ARGUMENT_LIMIT.with(
                        "limit", Integer.toString(COUNT_MAX), "what", "capabilities", "setting", "fixed"));
            }
            if (capability.startsWith(OBJECT_FORMAT)) {
                String asked = capability.substring(OBJECT_FORMAT.length());
                format = ObjectFormat.parse(asked);
                if (format.isEmpty() || (served.isPresent() && !served.equals(format))) {
                    return new Outcome.Refused(Mismatch.between(served, asked));
                }
            } else if (capability.startsWith(AGENT)) {
                agent = Optional.of(bounded(capability.substring(AGENT.length())));
            } else if (capability.startsWith(SESSION_ID)) {
                session = Optional.of(bounded(capability.substring(SESSION_ID.length())));
            } else if (name.equals("push-cert")) {
                return new Outcome.Refused(WireCause.CAPABILITY_UNKNOWN.with("capability", name));
            } else if (!flag) {
                others.add(bounded(capability));
            }
        }
        return new Outcome.Parsed(new PushCapabilities(
                seen.contains("report-status"),
                seen.contains("report-status-v2"),
                seen.contains("side-band-64k"),
                seen.contains("quiet"),
                seen.contains("atomic"),
                seen.contains("delete-refs"),
                seen.contains("push-options"),
                format,
                agent,
                session,
                others));
    }

    private static String nameOf(String capability) {
        int equals = capability.indexOf('=');
        return equals < 0 ? capability : capability.substring(0, equals);
    }

    private static String bounded(String text) {
        return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX);
    }

    private static Outcome malformed(String detail) {
        return new Outcome.Refused(WireCause.PKT_LINE_MALFORMED.with("detail", detail));
    }
}
