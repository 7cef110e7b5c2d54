package dev.gatehouse.app.configuration;

import java.util.Optional;

/**
 * Where something listens.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 0 for any free one
 */
public record Endpoint(String host, int port) {
    private static final int PORT_MAX = 65_535;
    private static final int PORT_DIGITS_MAX = 5;

    /** The address written as {@code HOST:PORT}; empty where it is none. */
    public static Optional<Endpoint> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        String digits = text.substring(colon + 1);
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= PORT_DIGITS_MAX
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean hostFits = bracketed || host.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':' && c != '/');
        if (!isNumber || !hostFits || Integer.parseInt(digits) > PORT_MAX) {
            return Optional.empty();
        }
        return Optional.of(new Endpoint(host, Integer.parseInt(digits)));
    }

    /** The same host with another port. */
    public Endpoint withPort(int other) {
        return new Endpoint(host, other);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
