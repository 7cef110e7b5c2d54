package dev.gatehouse.app.configuration;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.yaml.MapReader;
import dev.gatehouse.core.yaml.YamlLimits;
import dev.gatehouse.core.yaml.YamlNode;
import dev.gatehouse.core.yaml.YamlProblem;
import dev.gatehouse.core.yaml.YamlProblems;
import dev.gatehouse.core.yaml.YamlReader;
import dev.gatehouse.core.yaml.YamlReading;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads {@code gatehouse.yaml}. */
public final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * The configuration in {@code file}.
     *
     * @throws FailureException with {@code CONFIGURATION_INVALID} and the first problem's position, or with {@code DATA_UNREADABLE}
     */
    public static Configuration load(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text");
        } catch (IOException e) {
            throw unreadable(file, e.toString());
        }
    }

    /** The configuration written as {@code text}; {@code file} is only quoted. */
    public static Configuration parse(String file, String text) {
        return switch (new YamlReader(YamlLimits.DEFAULT).read(file, text)) {
            case YamlReading.Read read -> bind(file, read.root());
            case YamlReading.Unreadable unreadable -> throw invalid(unreadable.problem(), 0);
        };
    }

    /** What an empty file says. */
    public static Configuration defaults() {
        return parse("gatehouse.yaml", "");
    }

    private static Configuration bind(String file, YamlNode.Mapping root) {
        YamlProblems problems = new YamlProblems(file);
        Configuration configuration = new Binder(problems).bind(Configuration.class, new MapReader(root, problems));
        if (problems.isEmpty()) {
            new ConfigurationRules(root, problems).check(configuration);
        }
        List<YamlProblem> all = problems.all();
        if (!all.isEmpty()) {
            throw invalid(all.getFirst(), all.size() - 1);
        }
        return configuration;
    }

    private static FailureException invalid(YamlProblem problem, int others) {
        String more = others == 0 ? "" : others == 1 ? " (and 1 more problem)" : " (and " + others + " more problems)";
        return StartCause.CONFIGURATION_INVALID
                .with(
                        "file", problem.file(),
                        "line", Integer.toString(problem.line()),
                        "column", Integer.toString(problem.column()),
                        "detail", problem.message() + more)
                .asException();
    }

    private static FailureException unreadable(Path file, String detail) {
        return StartCause.DATA_UNREADABLE
                .with("path", file.toString(), "detail", detail)
                .asException();
    }
}
