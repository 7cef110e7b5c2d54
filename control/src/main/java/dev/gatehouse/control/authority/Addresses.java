package dev.gatehouse.control.authority;

import java.net.InetAddress;
import java.util.Arrays;

/** IP addresses as certificates write them. Never asks a name service. */
final class Addresses {
    private static final byte ALL_BITS = (byte) 0xff;

    private Addresses() {}

    /** @throws IllegalArgumentException where {@code literal} is not an address */
    static byte[] bytes(String literal) {
        return InetAddress.ofLiteral(literal).getAddress();
    }

    /** The address and a mask that lets only it through (RFC 5280, section 4.2.1.10). */
    static byte[] withFullMask(String literal) {
        byte[] address = bytes(literal);
        byte[] withMask = Arrays.copyOf(address, address.length * 2);
        Arrays.fill(withMask, address.length, withMask.length, ALL_BITS);
        return withMask;
    }
}
