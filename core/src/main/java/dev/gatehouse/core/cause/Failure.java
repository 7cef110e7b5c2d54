package dev.gatehouse.core.cause;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cause with the facts of one case. Facts come from outside and are cleaned when the failure is made, so a failure may be shown on any
 * terminal.
 *
 * @param cause which entry of the catalogue
 * @param facts the values of its placeholders, and more to record; never a secret
 */
public record Failure(Cause cause, Map<String, String> facts) {
    private static final int FACT_LENGTH_MAX = 512;
    private static final String RULE_REMEDY = "remedy";

    public Failure {
        Map<String, String> cleaned = new LinkedHashMap<>();
        facts.forEach((name, value) -> cleaned.put(name, printable(value)));
        facts = Collections.unmodifiableMap(cleaned);
    }

    static Failure of(Cause cause, String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a fact without a value: " + namesAndValues[namesAndValues.length - 1]);
        }
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            facts.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Failure(cause, facts);
    }

    /** One line that says what happened in this case. */
    public String message() {
        return fill(cause.definition().message());
    }

    /** What to do next: the rule's own remedy where it has one, otherwise the catalogue's. */
    public String remedy() {
        return Optional.ofNullable(facts.get(RULE_REMEDY))
                .filter(remedy -> !remedy.isBlank())
                .orElseGet(() -> fill(cause.definition().remedy()));
    }

    /** This failure, to be thrown to the one place that turns failures into answers. */
    public FailureException asException() {
        return new FailureException(this);
    }

    private String fill(String template) {
        StringBuilder filled = new StringBuilder(template.length() + 64);
        int from = 0;
        while (true) {
            int open = template.indexOf('{', from);
            int close = open < 0 ? -1 : template.indexOf('}', open);
            if (close < 0) {
                return filled.append(template, from, template.length()).toString();
            }
            filled.append(template, from, open);
            filled.append(facts.getOrDefault(template.substring(open + 1, close), "?"));
            from = close + 1;
        }
    }

    /** Control characters, bidirectional overrides and line breaks become {@code ?}: no fact may write to a terminal by itself. */
    private static String printable(String value) {
        if (value.length() <= FACT_LENGTH_MAX && isPrintableAscii(value)) {
            return value;
        }
        String bounded = bounded(value);
        StringBuilder cleaned = new StringBuilder(bounded.length());
        bounded.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean shown = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.SURROGATE
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && type != Character.UNASSIGNED;
            cleaned.appendCodePoint(shown ? c : '?');
        });
        return cleaned.toString();
    }

    private static boolean isPrintableAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static String bounded(String value) {
        if (value.length() <= FACT_LENGTH_MAX) {
            return value;
        }
        boolean cutsCharacter = Character.isHighSurrogate(value.charAt(FACT_LENGTH_MAX - 1))
                && Character.isLowSurrogate(value.charAt(FACT_LENGTH_MAX));
        return value.substring(0, cutsCharacter ? FACT_LENGTH_MAX - 1 : FACT_LENGTH_MAX) + "…";
    }
}
