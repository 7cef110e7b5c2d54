package dev.gatehouse.core.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the complaints about one text. Belongs to one thread. */
public final class YamlProblems {
    /** More than anyone reads; what comes after is dropped, and the text is refused all the same. */
    private static final int PROBLEMS_MAX = 100;

    private final String file;
    private final List<YamlProblem> problems = new ArrayList<>();

    /** Collects complaints about {@code file}. */
    public YamlProblems(String file) {
        this.file = file;
    }

    /** The file's name, as it stands in each complaint. */
    public String file() {
        return file;
    }

    /** Complains about {@code node}. */
    public void add(YamlNode node, String message) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(new YamlProblem(file, node.line(), node.column(), message));
        }
    }

    /** Whether there is nothing to complain about. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** All complaints, in the order of the text. */
    public List<YamlProblem> all() {
        return problems.stream()
                .sorted(Comparator.comparingInt(YamlProblem::line).thenComparingInt(YamlProblem::column))
                .toList();
    }
}
