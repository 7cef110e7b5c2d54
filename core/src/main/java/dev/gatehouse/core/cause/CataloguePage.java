package dev.gatehouse.core.cause;

import java.util.Comparator;

/** The catalogue of causes as a page, so that the documentation and the product cannot differ. */
public final class CataloguePage {
    private CataloguePage() {}

    /** Markdown: every code, what is said, and what to do next. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Causes

                Every refusal and failure that a user can meet has one of these codes. A code is stable for ever. `{…}` stands for the facts of the
                case. This page is written from the catalogue in the code.

                | code | who has to act | what is said | what to do |
                |---|---|---|---|
                """);
        Causes.all().stream().sorted(Comparator.comparing(Cause::code)).forEach(cause -> {
            Cause.Definition definition = cause.definition();
            page.append("| ")
                    .append(definition.code())
                    .append(" | ")
                    .append(actor(definition.severity()))
                    .append(" | ")
                    .append(cell(definition.message()))
                    .append(" | ")
                    .append(cell(definition.remedy()))
                    .append(" |\n");
        });
        return page.toString();
    }

    private static String actor(Severity severity) {
        return switch (severity) {
            case REFUSAL -> "nobody: the rules or the credential said no";
            case CLIENT_FAULT -> "the caller";
            case FAULT -> "the operator";
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("{", "`{").replace("}", "}`");
    }
}
