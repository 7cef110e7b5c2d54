package dev.gatehouse.core.handover;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes {@code key=value&...} with everything escaped that is not unreserved in RFC 3986, or a slash or colon. */
final class FormWriter {
    private static final String PLAIN = "-._~/:";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final StringBuilder form = new StringBuilder(512);

    void add(String key, String value) {
        if (!form.isEmpty()) {
            form.append('&');
        }
        form.append(key).append('=');
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet)) {
                form.append((char) octet);
            } else {
                HEX.toHexDigits(form.append('%'), octet);
            }
        }
    }

    static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c > 0 && PLAIN.indexOf(c) >= 0);
    }

    @Override
    public String toString() {
        return form.toString();
    }
}
