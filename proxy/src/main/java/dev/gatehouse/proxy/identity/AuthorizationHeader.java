package dev.gatehouse.proxy.identity;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.Credential;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** What stands in a request's {@code Authorization} lines (RFC 9110, section 11.6.2): Basic (RFC 7617) or Bearer (RFC 6750), at most once. */
public sealed interface AuthorizationHeader {

    /** No credential was sent. */
    record None() implements AuthorizationHeader {}

    /** One credential, not yet checked. */
    record Presented(Credential credential) implements AuthorizationHeader {}

    /** Something that is not one credential; {@code failure} never repeats what came. */
    record Malformed(Failure failure) implements AuthorizationHeader {}

    /** Reads all {@code Authorization} lines of one request. */
    static AuthorizationHeader parse(List<String> values) {
        return Parser.parse(values);
    }

    /** Holds the parser's details, which an interface cannot keep private. */
    final class Parser {
        /** Room for the longest token and name of ours several times over; a header that is longer is not from a Git client. */
        static final int VALUE_LENGTH_MAX = 4096;

        static final int USERNAME_LENGTH_MAX = 256;
        static final int SECRET_LENGTH_MAX = 1024;

        /** What clients of GitHub's old form send as the password when the name is the token. */
        private static final String TOKEN_IS_THE_NAME = "x-oauth-basic";

        /** RFC 6750, section 2.1. */
        private static final Pattern BEARER_TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

        private static final AuthorizationHeader NONE = new None();

        private Parser() {}

        private static AuthorizationHeader parse(List<String> values) {
            if (values.isEmpty()) {
                return NONE;
            }
            if (values.size() > 1) {
                return malformed("it was sent " + values.size() + " times");
            }
            String value = values.getFirst().strip();
            if (value.length() > VALUE_LENGTH_MAX) {
                return malformed("it exceeds " + VALUE_LENGTH_MAX + " bytes");
            }
            int space = value.indexOf(' ');
            if (space < 0) {
                return malformed("it has no scheme, or nothing after it");
            }
            String scheme = value.substring(0, space);
            String rest = value.substring(space + 1).strip();
            if (scheme.equalsIgnoreCase("Basic")) {
                return basic(rest);
            }
            if (scheme.equalsIgnoreCase("Bearer")) {
                return bearer(rest);
            }
            return malformed("its scheme is neither Basic nor Bearer");
        }

        private static AuthorizationHeader bearer(String token) {
            if (token.length() > SECRET_LENGTH_MAX) {
                return malformed("the token exceeds " + SECRET_LENGTH_MAX + " characters");
            }
            if (!BEARER_TOKEN.matcher(token).matches()) {
                return malformed("the token has characters that no token has");
            }
            return new Presented(new Credential.Bearer(token));
        }

        private static AuthorizationHeader basic(String encoded) {
            String pair;
            try {
                byte[] decoded = Base64.getDecoder().decode(encoded);
                pair = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(decoded))
                        .toString();
            } catch (IllegalArgumentException notBase64) {
                return malformed("it is not valid base64");
            } catch (CharacterCodingException notText) {
                return malformed("it is not valid UTF-8");
            }
            if (pair.chars().anyMatch(Character::isISOControl)) {
                return malformed("it has control characters");
            }
            int colon = pair.indexOf(':');
            if (colon < 0) {
                return malformed("it has no colon between name and password");
            }
            return credential(pair.substring(0, colon), pair.substring(colon + 1));
        }

        /** The token may stand in either place, so both may be as long as a token; a name that is only a name has its own limit. */
        private static AuthorizationHeader credential(String name, String password) {
            if (name.isEmpty() && password.isEmpty()) {
                return NONE;
            }
            if (password.isEmpty() || password.equals(TOKEN_IS_THE_NAME)) {
                return bearer(name);
            }
            if (name.length() > USERNAME_LENGTH_MAX) {
                return malformed("the name exceeds " + USERNAME_LENGTH_MAX + " characters");
            }
            if (password.length() > SECRET_LENGTH_MAX) {
                return malformed("the password exceeds " + SECRET_LENGTH_MAX + " characters");
            }
            return new Presented(new Credential.Basic(name, password));
        }

        private static AuthorizationHeader malformed(String detail) {
            return new Malformed(IdentityCause.MALFORMED_AUTHORIZATION.with("detail", detail));
        }
    }
}
