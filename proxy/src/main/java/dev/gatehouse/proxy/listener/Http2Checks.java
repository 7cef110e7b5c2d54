package dev.gatehouse.proxy.listener;

import dev.gatehouse.proxy.exchange.RequestHead;
import dev.gatehouse.proxy.http1.HeadParser;
import dev.gatehouse.proxy.http1.MalformedHttpException;
import dev.gatehouse.proxy.http1.MalformedHttpException.Kind;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checks of HTTP/1.1 over again for heads that came over HTTP/2 (RFC 9113, section 8.2 and 8.3): what is binary there becomes lines upstream, so
 * a line break or a second length smuggled in here would become a second request there.
 */
final class Http2Checks {
    private static final AsciiString TRAILERS = AsciiString.cached("trailers");
    private static final AsciiString[] OF_THE_CONNECTION = {
        HttpHeaderNames.CONNECTION,
        HttpHeaderNames.TRANSFER_ENCODING,
        HttpHeaderNames.UPGRADE,
        AsciiString.cached("keep-alive"),
        AsciiString.cached("proxy-connection"),
    };

    private Http2Checks() {}

    /** The head of an HTTP/2 request. */
    static RequestHead head(Http2Headers received, boolean endOfStream, int headerCountMax, boolean edge)
            throws MalformedHttpException {
        if (received.size() > headerCountMax) {
            throw new MalformedHttpException(Kind.TOO_LARGE, "", "more than " + headerCountMax + " header lines");
        }
        String method = pseudo(received, PseudoHeaderName.METHOD);
        String path = pseudo(received, PseudoHeaderName.PATH);
        pseudo(received, PseudoHeaderName.SCHEME);
        if (!isToken(method) || method.equals("CONNECT")) {
            throw syntax("the method is malformed");
        }
        if (!path.startsWith("/") && !(path.equals("*") && method.equals("OPTIONS"))) {
            throw syntax("the request target is not a path");
        }
        RequestChecks.checkTarget(path);
        HttpHeaders headers = lines(received);
        String authority = authority(received, headers);
        lengths(headers, endOfStream);
        RequestChecks.expectation(headers);
        headers.remove(HttpHeaderNames.TE);
        headers.remove(HttpHeaderNames.PROXY_AUTHORIZATION);
        if (edge) {
            RequestChecks.removeClaims(headers);
        }
        return new RequestHead(method, path, authority, RequestHead.Version.HTTP_2, headers, !endOfStream);
    }

    private static String pseudo(Http2Headers received, PseudoHeaderName name) throws MalformedHttpException {
        List<CharSequence> values = received.getAll(name.value());
        if (values.size() != 1 || values.get(0).isEmpty()) {
            throw syntax("there must be exactly one " + name.value());
        }
        return values.get(0).toString();
    }

    private static HttpHeaders lines(Http2Headers received) throws MalformedHttpException {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        List<CharSequence> cookies = null;
        for (Map.Entry<CharSequence, CharSequence> line : received) {
            AsciiString name = AsciiString.of(line.getKey());
            if (!name.isEmpty() && name.charAt(0) == ':') {
                if (PseudoHeaderName.getPseudoHeader(name) == null) {
                    throw syntax("an unknown pseudo-header");
                }
                continue;
            }
            checkName(name);
            AsciiString value = AsciiString.of(line.getValue());
            checkValue(value);
            if (name.contentEquals(HttpHeaderNames.COOKIE)) {
                cookies = cookies == null ? new ArrayList<>(2) : cookies;
                cookies.add(value);
            } else {
                headers.add(name, value);
            }
        }
        if (cookies != null) {
            // HTTP/2 may cut cookies into several lines; HTTP/1.1 knows one (RFC 9113, section 8.2.3).
            headers.add(HttpHeaderNames.COOKIE, AsciiString.of(String.join("; ", cookies)));
        }
        for (AsciiString name : OF_THE_CONNECTION) {
            if (headers.contains(name)) {
                throw new MalformedHttpException(Kind.HEADER_NOT_ALLOWED, name.toString(), "it has no place in HTTP/2");
            }
        }
        String te = headers.get(HttpHeaderNames.TE);
        if (te != null && !TRAILERS.contentEqualsIgnoreCase(te)) {
            throw new MalformedHttpException(Kind.HEADER_NOT_ALLOWED, "te", "in HTTP/2 it may be trailers alone");
        }
        return headers;
    }

    private static String authority(Http2Headers received, HttpHeaders headers) throws MalformedHttpException {
        List<CharSequence> authorities = received.getAll(PseudoHeaderName.AUTHORITY.value());
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (authorities.size() > 1 || hosts.size() > 1) {
            throw syntax("there is more than one host");
        }
        @Nullable
        String authority = authorities.isEmpty() ? null : authorities.get(0).toString();
        @Nullable String host = hosts.isEmpty() ? null : hosts.get(0);
        if (authority != null && host != null && !authority.equalsIgnoreCase(host)) {
            throw syntax("Host and :authority differ");
        }
        String named = authority != null ? authority : host;
        if (named == null) {
            throw syntax("there is no host");
        }
        RequestChecks.checkAuthority(named);
        headers.remove(HttpHeaderNames.HOST);
        return named;
    }

    private static void lengths(HttpHeaders headers, boolean endOfStream) throws MalformedHttpException {
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (lengths.size() > 1) {
            throw new MalformedHttpException(Kind.TWO_LENGTHS, "content-length", "Content-Length twice");
        }
        if (lengths.size() == 1 && HeadParser.parseLength(lengths.get(0)) > 0 && endOfStream) {
            throw new MalformedHttpException(
                    Kind.TWO_LENGTHS, "content-length", "Content-Length says there is a body, the stream has none");
        }
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static void checkName(AsciiString name) throws MalformedHttpException {
        boolean wellFormed = !name.isEmpty();
        for (int i = 0; i < name.length() && wellFormed; i++) {
            char c = name.charAt(i);
            wellFormed = isTokenCharacter(c) && !(c >= 'A' && c <= 'Z');
        }
        if (!wellFormed) {
            throw syntax("a header name is malformed");
        }
    }

    private static void checkValue(AsciiString value) throws MalformedHttpException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < 0x20 && c != '\t') || c == 0x7f) {
                throw syntax("a control character in a header");
            }
        }
        if (!value.isEmpty() && (isSpace(value.charAt(0)) || isSpace(value.charAt(value.length() - 1)))) {
            throw syntax("a header value begins or ends with a space");
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static MalformedHttpException syntax(String detail) {
        return new MalformedHttpException(Kind.SYNTAX, "", detail);
    }
}
