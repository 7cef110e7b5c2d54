package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.trace.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a failure reads on a terminal: what happened with its code, what to do, and the trace ID, in lines that are short enough to be read. */
public final class FailureText {
    /** Characters in a line. */
    public static final int LINE_LENGTH_MAX = 200;

    private static final int LINES_MAX = 3;
    private static final String CONTINUED = "  ";

    private FailureText() {}

    /** {@code GATE-2001 message}, {@code what to do: remedy}, {@code trace id}. */
    public static List<String> lines(Failure failure, Optional<TraceId> trace) {
        List<String> lines = new ArrayList<>(failureLines(failure));
        trace.ifPresent(id -> lines.add("trace " + id));
        return lines;
    }

    /** The same without the trace, for one of several failures. */
    static List<String> failureLines(Failure failure) {
        List<String> lines = new ArrayList<>();
        wrap(failure.cause().code() + " " + failure.message(), lines);
        if (!failure.remedy().isBlank()) {
            wrap("what to do: " + failure.remedy(), lines);
        }
        return lines;
    }

    /** The lines as one text, for a plain HTTP body. */
    public static String text(Failure failure, Optional<TraceId> trace) {
        return String.join("\n", lines(failure, trace)) + "\n";
    }

    /** {@code GATE-2001 message} in one line, for the reason of a rejected ref. */
    public static String oneLine(Failure failure) {
        String line = printable(failure.cause().code() + " " + failure.message());
        return line.length() <= LINE_LENGTH_MAX ? line : line.substring(0, cutAt(line, LINE_LENGTH_MAX - 1)) + "…";
    }

    /** Without control characters: nothing may move the cursor, and nothing may start a line of its own. */
    static String printable(String text) {
        StringBuilder cleaned = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean unsafe = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            cleaned.appendCodePoint(unsafe ? ' ' : c);
        });
        return cleaned.toString();
    }

    private static void wrap(String text, List<String> lines) {
        String left = printable(text);
        for (int i = 1; left.length() > LINE_LENGTH_MAX; i++) {
            if (i == LINES_MAX) {
                left = left.substring(0, cutAt(left, LINE_LENGTH_MAX - 1)) + "…";
                break;
            }
            int space = left.lastIndexOf(' ', LINE_LENGTH_MAX);
            boolean atSpace = space > LINE_LENGTH_MAX / 2;
            int end = atSpace ? space : cutAt(left, LINE_LENGTH_MAX);
            lines.add(left.substring(0, end));
            left = CONTINUED + left.substring(atSpace ? end + 1 : end);
        }
        lines.add(left);
    }

    private static int cutAt(String text, int length) {
        return Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    }
}
