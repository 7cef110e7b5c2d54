package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.http.HeaderNames;
import dev.gatehouse.core.trace.TraceContext;
import dev.gatehouse.proxy.exchange.RequestHead;
import dev.gatehouse.proxy.http1.HopByHop;
import dev.gatehouse.proxy.http1.MalformedHttpException;
import dev.gatehouse.proxy.http1.MalformedHttpException.Kind;
import dev.gatehouse.proxy.http1.RequestLine;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What every request must pass, over whichever HTTP it came, before it becomes an exchange. */
final class RequestChecks {
    private static final AsciiString TRACEPARENT = AsciiString.cached(HeaderNames.TRACEPARENT);
    private static final AsciiString TRACESTATE = AsciiString.cached("tracestate");

    /** What {@code Connection} may not take away: a proxy in front would have relied on it. */
    private static final Set<String> NEVER_HOP_BY_HOP = Set.of(
            "host",
            "authorization",
            "cookie",
            "content-length",
            "content-type",
            "content-encoding",
            "traceparent",
            "expect",
            "date",
            "git-protocol");

    private RequestChecks() {}

    /** The head of an HTTP/1 request, with nothing of the connection left in it. */
    static RequestHead http1(RequestLine line, List<String> listed, boolean edge) throws MalformedHttpException {
        HttpHeaders headers = line.headers();
        for (String name : listed) {
            if (NEVER_HOP_BY_HOP.contains(name) || HeaderNames.claimsIdentity(name)) {
                throw new MalformedHttpException(Kind.HEADER_NOT_ALLOWED, name, "Connection must not list it");
            }
        }
        if (headers.contains(HttpHeaderNames.UPGRADE)) {
            throw new MalformedHttpException(Kind.UPGRADE, "upgrade", "a protocol upgrade is not possible here");
        }
        if (line.minorVersion() == 0) {
            headers.remove(HttpHeaderNames.EXPECT);
        }
        expectation(headers);
        String authority = host(headers, line.minorVersion());
        String target = originForm(line, authority);
        HopByHop.strip(headers, listed);
        if (edge) {
            removeClaims(headers);
        }
        return new RequestHead(
                line.method(),
                target,
                authority,
                line.minorVersion() == 0 ? RequestHead.Version.HTTP_1_0 : RequestHead.Version.HTTP_1_1,
                headers,
                line.bodyLength() != 0);
    }

    static void expectation(HttpHeaders headers) throws MalformedHttpException {
        if (!headers.contains(HttpHeaderNames.EXPECT)) {
            return;
        }
        List<String> expectations = headers.getAll(HttpHeaderNames.EXPECT);
        if (expectations.size() != 1
                || !AsciiString.contentEqualsIgnoreCase(HttpHeaderValues.CONTINUE, expectations.get(0))) {
            throw new MalformedHttpException(
                    Kind.EXPECTATION, String.join(", ", expectations), "it is not 100-continue");
        }
    }

    private static String host(HttpHeaders headers, int minorVersion) throws MalformedHttpException {
        String host = headers.get(HttpHeaderNames.HOST);
        if (host == null) {
            if (minorVersion > 0) {
                throw new MalformedHttpException(Kind.SYNTAX, "host", "there is no Host");
            }
            return "";
        }
        if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
            throw new MalformedHttpException(Kind.SYNTAX, "host", "there is more than one Host");
        }
        checkAuthority(host);
        return host;
    }

    /** Host and port alone: no user, no path, nothing that could be read as another host. */
    static void checkAuthority(String authority) throws MalformedHttpException {
        boolean wellFormed = !authority.isEmpty();
        for (int i = 0; i < authority.length() && wellFormed; i++) {
            char c = authority.charAt(i);
            wellFormed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '-'
                    || c == '_'
                    || c == ':'
                    || c == '['
                    || c == ']';
        }
        if (!wellFormed) {
            throw new MalformedHttpException(Kind.SYNTAX, "host", "the host is malformed");
        }
    }

    private static String originForm(RequestLine line, String authority) throws MalformedHttpException {
        String target = line.target();
        if (target.startsWith("/")) {
            checkTarget(target);
            return target;
        }
        if (target.equals("*") && line.method().equals("OPTIONS")) {
            return target;
        }
        int start = schemeLength(target);
        if (start < 0 || line.method().equals("CONNECT")) {
            throw new MalformedHttpException(Kind.SYNTAX, "target", "the request target is not a path");
        }
        int slash = target.indexOf('/', start);
        String named = slash < 0 ? target.substring(start) : target.substring(start, slash);
        if (!named.equalsIgnoreCase(authority)) {
            throw new MalformedHttpException(Kind.SYNTAX, "host", "the target names another host than Host");
        }
        String path = slash < 0 ? "/" : target.substring(slash);
        checkTarget(path);
        return path;
    }

    private static int schemeLength(String target) {
        if (target.regionMatches(true, 0, "http://", 0, 7)) {
            return 7;
        }
        return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
    }

    static void checkTarget(String target) throws MalformedHttpException {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= 0x20 || c >= 0x7f || c == '#') {
                throw new MalformedHttpException(
                        Kind.SYNTAX, "target", "the request target holds a character it may not");
            }
        }
    }

    /** Removes every header that claims an identity, however it is spelt. */
    static void removeClaims(HttpHeaders headers) {
        List<CharSequence> claims = null;
        var lines = headers.iteratorCharSequence();
        while (lines.hasNext()) {
            Map.Entry<CharSequence, CharSequence> line = lines.next();
            if (HeaderNames.claimsIdentity(line.getKey())) {
                if (claims == null) {
                    claims = new ArrayList<>(2);
                }
                claims.add(line.getKey());
            }
        }
        if (claims != null) {
            claims.forEach(headers::remove);
        }
    }

    /** Where this hop stands: at the edge the trace begins, inside it goes on. */
    static TraceContext trace(HttpHeaders headers, boolean edge, RandomGenerator random) {
        String sent = headers.get(TRACEPARENT);
        if (edge) {
            headers.remove(TRACEPARENT);
            headers.remove(TRACESTATE);
            return TraceContext.mint(random, Optional.ofNullable(sent));
        }
        if (sent == null) {
            return TraceContext.mint(random, Optional.empty());
        }
        return TraceContext.continued(sent, random).orElseGet(() -> TraceContext.mint(random, Optional.empty()));
    }

    /** What a client is told that sent {@code problem}. */
    static Failure failure(MalformedHttpException problem, int headerBytesMax) {
        return switch (problem.kind()) {
            case SYNTAX -> RequestCause.MALFORMED_REQUEST.with("detail", problem.detail());
            case TWO_LENGTHS -> RequestCause.SMUGGLED_LENGTH.with("detail", problem.detail());
            case TOO_LARGE ->
                RequestCause.HEADERS_TOO_LARGE.with(
                        "limit", Integer.toString(headerBytesMax), "detail", problem.detail());
            case EXPECTATION -> RequestCause.EXPECTATION_UNKNOWN.with("expectation", problem.subject());
            case UPGRADE -> RequestCause.UPGRADE_REFUSED.with();
            case HEADER_NOT_ALLOWED ->
                RequestCause.HEADER_NOT_ALLOWED.with("header", problem.subject(), "detail", problem.detail());
        };
    }
}
