package dev.gatehouse.proxy.http1;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** Reads the lines of a head that is complete in one array. Everything it gives out is copied from there. */
final class HeadLines {
    private static final boolean[] TOKEN = new boolean[256];
    private static final boolean[] VALUE = new boolean[256];

    static {
        for (int c = '0'; c <= 'z'; c++) {
            TOKEN[c] = Character.isLetterOrDigit(c);
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
        for (int c = 0x20; c < 256; c++) {
            VALUE[c] = c != 0x7f;
        }
        VALUE['\t'] = true;
    }

    private final byte[] bytes;
    private final int end;
    private int position;

    /** @param end after the empty line that ends the head */
    HeadLines(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** A token up to {@code stop}, which is skipped. */
    AsciiString token(char stop, int lengthMax, String what) throws MalformedHttpException {
        int start = position;
        int at = start;
        while (TOKEN[bytes[at] & 0xff]) {
            at++;
        }
        if (at == start || bytes[at] != stop || at - start > lengthMax) {
            throw MalformedHttpException.syntax(what);
        }
        position = at + 1;
        return new AsciiString(bytes, start, at - start, true);
    }

    /** Visible ASCII up to {@code stop}, which is skipped. */
    String visible(char stop, String what) throws MalformedHttpException {
        int start = position;
        int at = start;
        while (bytes[at] > 0x20 && bytes[at] < 0x7f && bytes[at] != stop) {
            at++;
        }
        if (at == start || bytes[at] != stop) {
            throw MalformedHttpException.syntax(what);
        }
        position = at + 1;
        return new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
    }

    /** {@code HTTP/1.0} or {@code HTTP/1.1}: the digit after the dot. */
    int minorVersion() throws MalformedHttpException {
        boolean known = bytes[position] == 'H'
                && bytes[position + 1] == 'T'
                && bytes[position + 2] == 'T'
                && bytes[position + 3] == 'P'
                && bytes[position + 4] == '/'
                && bytes[position + 5] == '1'
                && bytes[position + 6] == '.'
                && (bytes[position + 7] == '0' || bytes[position + 7] == '1');
        if (!known) {
            throw MalformedHttpException.syntax("the HTTP version is not 1.0 or 1.1");
        }
        int minor = bytes[position + 7] - '0';
        position += 8;
        return minor;
    }

    /** Three digits. */
    int status() throws MalformedHttpException {
        int status = 0;
        for (int i = 0; i < 3; i++) {
            int digit = bytes[position + i] - '0';
            if (digit < 0 || digit > 9) {
                throw MalformedHttpException.syntax("the status is not three digits");
            }
            status = status * 10 + digit;
        }
        if (status < 100 || status > 599) {
            throw MalformedHttpException.syntax("the status is out of range");
        }
        position += 3;
        return status;
    }

    boolean skip(char expected) {
        if (bytes[position] != expected) {
            return false;
        }
        position++;
        return true;
    }

    /** Skips the rest of a line of text. */
    void skipText() throws MalformedHttpException {
        while (VALUE[bytes[position] & 0xff]) {
            position++;
        }
        endOfLine();
    }

    void endOfLine() throws MalformedHttpException {
        if (bytes[position] != '\r' || bytes[position + 1] != '\n') {
            throw MalformedHttpException.syntax("a line does not end in CR LF, or holds a control character");
        }
        position += 2;
    }

    /** All header lines up to the empty one. */
    HttpHeaders headers(int countMax) throws MalformedHttpException {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        int count = 0;
        while (position < end - 2) {
            if (++count > countMax) {
                throw new MalformedHttpException(
                        MalformedHttpException.Kind.TOO_LARGE, "", "more than " + countMax + " header lines");
            }
            byte first = bytes[position];
            if (first == ' ' || first == '\t') {
                throw MalformedHttpException.syntax("a header line is folded");
            }
            AsciiString name = token(':', HeadParser.HEADER_NAME_LENGTH_MAX, "a header name is malformed");
            headers.add(name, value());
        }
        endOfLine();
        return headers;
    }

    private AsciiString value() throws MalformedHttpException {
        while (bytes[position] == ' ' || bytes[position] == '\t') {
            position++;
        }
        int start = position;
        int at = start;
        while (VALUE[bytes[at] & 0xff]) {
            at++;
        }
        position = at;
        endOfLine();
        while (at > start && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t')) {
            at--;
        }
        return new AsciiString(bytes, start, at - start, true);
    }
}
