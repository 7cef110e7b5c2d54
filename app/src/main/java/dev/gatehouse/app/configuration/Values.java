package dev.gatehouse.app.configuration;

import dev.gatehouse.core.identity.TrustDomain;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How each type of value is written in the file. */
final class Values {
    private static final int DIGITS_MAX = 9;

    /**
     * One type.
     *
     * @param expected completes "must be ..."
     * @param parse empty where the text is not one
     */
    record Form(String expected, Function<String, Optional<?>> parse) {}

    private static final Map<Class<?>, Form> FORMS = Map.of(
            String.class,
            new Form("a text", text -> Optional.of(text).filter(value -> !value.isBlank())),
            int.class,
            new Form("a whole number from 1", Values::positive),
            Duration.class,
            new Form("a duration such as 500ms, 30s, 15m, 24h or 90d", Durations::parse),
            ByteSize.class,
            new Form("a size such as 64KiB or 10GiB", ByteSize::parse),
            Endpoint.class,
            new Form("HOST:PORT", Endpoint::parse),
            Application.class,
            new Form("http://HOST:PORT or unix:PATH", Application::parse),
            TlsEngineChoice.class,
            new Form("auto, boringssl or jdk", Values::engine),
            TrustDomain.class,
            new Form("a trust domain: lower-case letters, digits, dots, dashes and underscores", Values::trustDomain),
            Path.class,
            new Form("a path", Values::path));

    private Values() {}

    static Form of(Class<?> type) {
        Form form = FORMS.get(type);
        if (form == null) {
            throw new IllegalStateException("no form for " + type);
        }
        return form;
    }

    private static Optional<?> positive(String text) {
        boolean digits =
                !text.isEmpty() && text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && Integer.parseInt(text) > 0 ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static Optional<?> engine(String text) {
        for (TlsEngineChoice choice : TlsEngineChoice.values()) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(choice);
            }
        }
        return Optional.empty();
    }

    private static Optional<?> trustDomain(String text) {
        try {
            return Optional.of(new TrustDomain(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private static Optional<?> path(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException notOne) {
            return Optional.empty();
        }
    }
}
