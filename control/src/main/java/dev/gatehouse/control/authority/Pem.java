package dev.gatehouse.control.authority;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** PEM (RFC 7468). */
final class Pem {
    private static final int LINE_LENGTH = 64;

    private Pem() {}

    static String encode(String type, byte[] der) {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + type + "-----\n" + encoder.encodeToString(der) + "\n-----END " + type + "-----\n";
    }
}
