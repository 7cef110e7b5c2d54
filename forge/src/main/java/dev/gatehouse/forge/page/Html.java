package dev.gatehouse.forge.page;

import java.util.List;

/**
 * A piece of HTML. It is made from a template in our source and values from anywhere; a value is escaped unless it is HTML itself.
 *
 * @param source well-formed as far as its templates are
 */
record Html(String source) {
    static final Html NOTHING = new Html("");

    private static final String PLACE = "{}";

    /**
     * Fills each <code>{}</code> of {@code template}, which is a constant of ours, with the next value.
     *
     * @throws IllegalArgumentException where there are more or fewer values than places
     */
    static Html of(String template, Object... values) {
        StringBuilder filled = new StringBuilder(template.length() + 64);
        int from = 0;
        for (Object value : values) {
            int place = template.indexOf(PLACE, from);
            if (place < 0) {
                throw new IllegalArgumentException("more values than places in " + template);
            }
            filled.append(template, from, place);
            filled.append(value instanceof Html html ? html.source : escaped(String.valueOf(value)));
            from = place + PLACE.length();
        }
        if (template.indexOf(PLACE, from) >= 0) {
            throw new IllegalArgumentException("fewer values than places in " + template);
        }
        return new Html(filled.append(template, from, template.length()).toString());
    }

    static Html join(List<Html> pieces) {
        StringBuilder joined = new StringBuilder();
        pieces.forEach(piece -> joined.append(piece.source));
        return new Html(joined.toString());
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
