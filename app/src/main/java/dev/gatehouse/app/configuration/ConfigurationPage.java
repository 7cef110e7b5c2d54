package dev.gatehouse.app.configuration;

import java.util.List;

/** The two texts made from the records: the page that lists every key, and the file of the first start. */
public final class ConfigurationPage {
    private static final String INDENT = "  ";

    private ConfigurationPage() {}

    /** {@code docs/configuration.md}. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                `DIR/gatehouse.yaml`. Every key, with its default. This page is made from the types; a test holds it true
                (to write it anew: `./mvnw -pl app -am test -Dtest=ConfigurationPageTest -Dgatehouse.write=true -Dsurefire.failIfNoSpecifiedTests=false`).

                Durations are a whole number and `ms`, `s`, `m`, `h` or `d`; sizes a whole number and `B`, `KiB`, `MiB`, `GiB` or `TiB`.
                Relative paths are relative to `DIR`. An unknown key is refused with its line, its column and the nearest key there is.

                | key | default | |
                |---|---|---|
                """);
        rows(page, "", KeyShape.of(Configuration.class));
        return page.toString();
    }

    private static void rows(StringBuilder page, String prefix, List<KeyShape> shapes) {
        for (KeyShape shape : shapes) {
            String name = prefix + shape.name();
            switch (shape.kind()) {
                case KeyShape.Section section -> {
                    row(page, "**" + name + "**", "", shape.key().says());
                    rows(page, name + ".", KeyShape.of(section.type()));
                }
                case KeyShape.Sections sections -> {
                    row(page, "**" + name + "[]**", "none", shape.key().says());
                    rows(page, name + "[].", KeyShape.of(sections.type()));
                }
                case KeyShape.Texts texts ->
                    row(
                            page,
                            "`" + name + "`",
                            code(standard(shape)),
                            shape.key().says());
                case KeyShape.Value value ->
                    row(
                            page,
                            "`" + name + "`",
                            code(standard(shape)),
                            shape.key().says());
            }
        }
    }

    private static void row(StringBuilder page, String name, String standard, String says) {
        page.append("| ")
                .append(name)
                .append(" | ")
                .append(standard)
                .append(" | ")
                .append(says)
                .append(" |\n");
    }

    private static String code(String standard) {
        return standard.startsWith("(") ? standard.substring(1, standard.length() - 1) : "`" + standard + "`";
    }

    private static String standard(KeyShape shape) {
        if (shape.key().required()) {
            return "(required)";
        }
        return shape.key().standard().isEmpty() ? "(not set)" : shape.key().standard();
    }

    /** The {@code gatehouse.yaml} of the first start: every key with its default, all commented out. */
    public static String firstFile() {
        StringBuilder file = new StringBuilder("""
                # Gatehouse's configuration. Every key stands here with its default: to change one, remove the # before it
                # (and before the section it stands in). Read at start; gatehouse tells the line of anything it cannot use.

                """);
        lines(file, "", KeyShape.of(Configuration.class));
        return file.toString();
    }

    private static void lines(StringBuilder file, String indent, List<KeyShape> shapes) {
        for (KeyShape shape : shapes) {
            file.append("# ")
                    .append(indent)
                    .append("## ")
                    .append(shape.key().says())
                    .append('\n');
            String line = "# " + indent + shape.name() + ":";
            switch (shape.kind()) {
                case KeyShape.Section section -> {
                    file.append(line).append('\n');
                    lines(file, indent + INDENT, KeyShape.of(section.type()));
                }
                case KeyShape.Sections sections -> {
                    file.append(line).append('\n');
                    entry(file, indent, KeyShape.of(sections.type()));
                }
                case KeyShape.Texts texts ->
                    file.append(line)
                            .append(" [")
                            .append(shape.key().standard())
                            .append("]\n");
                case KeyShape.Value value ->
                    file.append((line + " " + shape.key().standard()).stripTrailing())
                            .append('\n');
            }
            if (indent.isEmpty()) {
                file.append('\n');
            }
        }
    }

    private static void entry(StringBuilder file, String indent, List<KeyShape> shapes) {
        String lead = indent + INDENT + "- ";
        for (KeyShape shape : shapes) {
            file.append("# ")
                    .append(lead)
                    .append(shape.name())
                    .append(": ... # ")
                    .append(shape.key().says())
                    .append('\n');
            lead = indent + INDENT + INDENT;
        }
    }
}
