package dev.gatehouse.core.http;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What a {@code Host} header or {@code :authority} names (RFC 9110, section 7.2).
 *
 * @param host in lower case; an IPv6 address keeps its brackets
 * @param port empty where none was given
 */
public record HostAndPort(String host, OptionalInt port) {
    private static final int HOST_LENGTH_MAX = 253;
    private static final int PORT_MAX = 65_535;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_]([a-z0-9_-]{0,62}))*");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    /** @throws IllegalArgumentException where host or port is not well formed */
    public HostAndPort {
        boolean wellFormed = NAME.matcher(host).matches() || IPV6.matcher(host).matches();
        boolean portFits = port.isEmpty() || (port.getAsInt() > 0 && port.getAsInt() <= PORT_MAX);
        if (!wellFormed || host.length() > HOST_LENGTH_MAX || !portFits) {
            throw new IllegalArgumentException("not a host: " + host);
        }
    }

    /** Reads a header's value; case is folded, nothing else: a trailing dot, user information or white space makes it empty. */
    public static Optional<HostAndPort> parse(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        int bracket = lower.lastIndexOf(']');
        int colon = lower.indexOf(':', bracket + 1);
        String host = colon < 0 ? lower : lower.substring(0, colon);
        if (colon >= 0 && !PORT.matcher(lower.substring(colon + 1)).matches()) {
            return Optional.empty();
        }
        OptionalInt port =
                colon < 0 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(lower.substring(colon + 1)));
        try {
            return Optional.of(new HostAndPort(host, port));
        } catch (IllegalArgumentException notHost) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return port.isPresent() ? host + ":" + port.getAsInt() : host;
    }
}
