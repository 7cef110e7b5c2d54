package dev.gatehouse.core.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 of the plain kind: one document, a map at its root, no anchors, aliases or tags, no key twice. Immutable; safe for all
 * threads.
 */
public final class YamlReader {
    private final YamlLimits limits;

    /** A reader that refuses what exceeds {@code limits}. */
    public YamlReader(YamlLimits limits) {
        this.limits = limits;
    }

    /** Reads {@code text}; {@code file} is only quoted in complaints. */
    public YamlReading read(String file, String text) {
        if (text.length() > limits.textCharsMax()) {
            return unreadable(file, 1, 1, "the file exceeds " + limits.textCharsMax() + " characters");
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(limits.textCharsMax() + 1)
                .build();
        try {
            NodeBuilder builder =
                    new NodeBuilder(new Parse(settings).parseString(text).iterator(), limits);
            return new YamlReading.Read(builder.document());
        } catch (NodeBuilder.Refused refused) {
            return unreadable(file, refused.line(), refused.column(), refused.reason());
        } catch (MarkedYamlEngineException exception) {
            return exception
                    .getProblemMark()
                    .or(exception::getContextMark)
                    .map(mark ->
                            unreadable(file, line(mark), column(mark), "not YAML: " + oneLine(exception.getProblem())))
                    .orElseGet(() -> unreadable(file, 1, 1, "not YAML: " + oneLine(exception.getProblem())));
        } catch (ReaderException exception) {
            return unprintable(file, text, exception);
        } catch (YamlEngineException | IllegalArgumentException exception) {
            // The parser reports a version or an escape that is out of range without saying where.
            return unreadable(file, 1, 1, "not YAML: " + oneLine(String.valueOf(exception.getMessage())));
        }
    }

    private static YamlReading unprintable(String file, String text, ReaderException exception) {
        int line = 1;
        int column = 1;
        int end = Math.min(exception.getPosition(), text.codePointCount(0, text.length()));
        for (int i = 0, at = 0; i < end; i++) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            column = c == '\n' ? 1 : column + 1;
            line = c == '\n' ? line + 1 : line;
        }
        return unreadable(
                file,
                line,
                column,
                "not YAML: the character U+%04X may not stand here".formatted(exception.getCodePoint()));
    }

    static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    static int column(Mark mark) {
        return mark.getColumn() + 1;
    }

    private static YamlReading unreadable(String file, int line, int column, String message) {
        return new YamlReading.Unreadable(new YamlProblem(file, line, column, message));
    }

    private static String oneLine(String message) {
        return message.lines().findFirst().orElse("unreadable").strip();
    }
}
