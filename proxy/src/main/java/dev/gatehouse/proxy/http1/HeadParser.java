package dev.gatehouse.proxy.http1;

import dev.gatehouse.proxy.http1.MalformedHttpException.Kind;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;

/** Parses heads, strictly (RFC 9112). What two servers could read in two ways is refused. */
public final class HeadParser {
    static final int HEADER_NAME_LENGTH_MAX = 256;
    private static final int METHOD_LENGTH_MAX = 32;
    /** Enough for 10^18 - 1 bytes, and never beyond a {@code long}. */
    private static final int LENGTH_DIGITS_MAX = 18;

    private HeadParser() {}

    /**
     * Parses a request's head.
     *
     * @param bytes the head from 0 to {@code end}, the empty line included
     * @param headerCountMax at most so many header lines
     */
    public static RequestLine request(byte[] bytes, int end, int headerCountMax) throws MalformedHttpException {
        HeadLines lines = new HeadLines(bytes, end);
        String method =
                lines.token(' ', METHOD_LENGTH_MAX, "the method is malformed").toString();
        String target = lines.visible(' ', "the request target is malformed");
        int minor = lines.minorVersion();
        lines.endOfLine();
        HttpHeaders headers = lines.headers(headerCountMax);
        long length = requestLength(minor, headers);
        return new RequestLine(method, target, minor, headers, length);
    }

    /**
     * Parses a response's head.
     *
     * @param toHead whether the request was a HEAD
     */
    public static StatusLine response(byte[] bytes, int end, int headerCountMax, boolean toHead)
            throws MalformedHttpException {
        HeadLines lines = new HeadLines(bytes, end);
        int minor = lines.minorVersion();
        if (!lines.skip(' ')) {
            throw MalformedHttpException.syntax("the status line is malformed");
        }
        int status = lines.status();
        if (lines.skip(' ')) {
            lines.skipText();
        } else {
            lines.endOfLine();
        }
        HttpHeaders headers = lines.headers(headerCountMax);
        return new StatusLine(status, minor, headers, responseLength(status, minor, headers, toHead));
    }

    private static long requestLength(int minor, HttpHeaders headers) throws MalformedHttpException {
        boolean chunked = chunked(minor, headers);
        long length = contentLength(headers);
        if (chunked && length >= 0) {
            throw new MalformedHttpException(
                    Kind.TWO_LENGTHS, "transfer-encoding", "both Content-Length and Transfer-Encoding");
        }
        return chunked ? BodyLength.CHUNKED : Math.max(length, 0);
    }

    private static long responseLength(int status, int minor, HttpHeaders headers, boolean toHead)
            throws MalformedHttpException {
        if (status == 101) {
            throw MalformedHttpException.syntax("the protocol was switched unasked");
        }
        if (status < 200) {
            return BodyLength.ANOTHER_HEAD;
        }
        boolean chunked = chunked(minor, headers);
        long length = contentLength(headers);
        if (chunked && length >= 0) {
            throw new MalformedHttpException(
                    Kind.TWO_LENGTHS, "transfer-encoding", "both Content-Length and Transfer-Encoding");
        }
        if (toHead || status == 204 || status == 304) {
            return 0;
        }
        if (chunked) {
            return BodyLength.CHUNKED;
        }
        return length >= 0 ? length : BodyLength.UNTIL_CLOSE;
    }

    private static boolean chunked(int minor, HttpHeaders headers) throws MalformedHttpException {
        if (!headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return false;
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (minor == 0) {
            throw new MalformedHttpException(Kind.SYNTAX, "transfer-encoding", "Transfer-Encoding in HTTP/1.0");
        }
        if (codings.size() != 1 || !AsciiString.contentEqualsIgnoreCase(codings.get(0), HttpHeaderValues.CHUNKED)) {
            throw new MalformedHttpException(
                    Kind.SYNTAX, "transfer-encoding", "the only transfer coding taken is chunked, once");
        }
        return true;
    }

    /** The one length; -1 where there is none. A length said twice is refused even where both agree in value but not in digits. */
    static long contentLength(HttpHeaders headers) throws MalformedHttpException {
        String first = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (first == null) {
            return -1;
        }
        List<String> all = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (all.size() > 1) {
            for (String other : all) {
                if (!other.equals(first)) {
                    throw new MalformedHttpException(
                            Kind.TWO_LENGTHS, "content-length", "Content-Length " + first + " and " + other);
                }
            }
            headers.set(HttpHeaderNames.CONTENT_LENGTH, first);
        }
        return parseLength(first);
    }

    /** Digits alone: no sign, no space, no list. */
    public static long parseLength(CharSequence digits) throws MalformedHttpException {
        int count = digits.length();
        if (count == 0 || count > LENGTH_DIGITS_MAX) {
            throw new MalformedHttpException(Kind.SYNTAX, "content-length", "Content-Length is not a number of bytes");
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedHttpException(
                        Kind.SYNTAX, "content-length", "Content-Length is not a number of bytes");
            }
            length = length * 10 + digit;
        }
        return length;
    }
}
