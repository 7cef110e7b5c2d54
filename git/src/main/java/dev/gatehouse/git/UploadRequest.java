package dev.gatehouse.git;

import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.git.PktLineReader;
import dev.gatehouse.core.repository.ObjectFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The head of a version 2 request (gitprotocol-v2, "Command Request"), read so far as is needed to know who shall answer it.
 *
 * @param command such as {@code ls-refs}; empty where the request has none
 * @param objectFormat the hash that the client speaks; empty where it did not say
 */
record UploadRequest(String command, Optional<String> objectFormat) {
    /** How much of the body may be read before the command is known, and can be given back to JGit. */
    static final int HEAD_BYTES_MAX = 64 << 10;

    private static final String COMMAND = "command=";
    private static final String FORMAT = "object-format=";

    /** Reads the head from {@code body} and pushes all of it back. */
    static UploadRequest peek(PushbackInputStream body) throws IOException {
        byte[] head = body.readNBytes(HEAD_BYTES_MAX);
        body.unread(head);
        PktLineReader reader = new PktLineReader();
        ByteBuffer bytes = ByteBuffer.wrap(head);
        String command = "";
        Optional<String> format = Optional.empty();
        while (true) {
            switch (reader.next(bytes)) {
                case DATA -> {
                    String line = text(reader.payload());
                    if (line.startsWith(COMMAND)) {
                        command = line.substring(COMMAND.length());
                    } else if (line.startsWith(FORMAT)) {
                        format = Optional.of(line.substring(FORMAT.length()));
                    }
                }
                case MALFORMED -> throw reader.failure().asException();
                case MORE, FLUSH, DELIMITER, RESPONSE_END -> {
                    return new UploadRequest(command, format);
                }
            }
        }
    }

    /** Whether the client speaks another hash than we store. */
    boolean isOtherFormat() {
        return objectFormat.isPresent() && !objectFormat.get().equals(ObjectFormat.SHA1.label());
    }

    /** Reads the arguments of {@code ls-refs}, to the end of the request. */
    static RefListing.Question readLsRefs(InputStream body, int prefixesMax) throws IOException {
        PktLineReader reader = new PktLineReader();
        byte[] chunk = new byte[HEAD_BYTES_MAX];
        boolean arguments = false;
        boolean peel = false;
        boolean symrefs = false;
        boolean unborn = false;
        List<String> prefixes = new ArrayList<>();
        for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
            ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
            PktLineReader.Token token = reader.next(bytes);
            while (token != PktLineReader.Token.MORE) {
                if (token == PktLineReader.Token.FLUSH) {
                    return new RefListing.Question(peel, symrefs, unborn, prefixes);
                }
                if (token == PktLineReader.Token.MALFORMED) {
                    throw reader.failure().asException();
                }
                if (token == PktLineReader.Token.DELIMITER) {
                    arguments = true;
                } else if (arguments) {
                    String line = text(reader.payload());
                    switch (line) {
                        case "peel" -> peel = true;
                        case "symrefs" -> symrefs = true;
                        case "unborn" -> unborn = true;
                        default -> {
                            if (prefixes.size() == prefixesMax) {
                                throw tooMany(prefixesMax);
                            }
                            prefixes.add(prefixOf(line));
                        }
                    }
                }
                token = reader.next(bytes);
            }
        }
        throw WireCause.PKT_LINE_MALFORMED
                .with("detail", "the request ended in the middle, after " + reader.consumedBytes() + " bytes")
                .asException();
    }

    private static RuntimeException tooMany(int prefixesMax) {
        return WireCause.ARGUMENT_LIMIT
                .with(
                        "limit",
                        Integer.toString(prefixesMax),
                        "what",
                        "ref prefixes",
                        "setting",
                        "limits.fetch-ref-prefixes")
                .asException();
    }

    private static String prefixOf(String line) {
        String keyword = "ref-prefix ";
        if (!line.startsWith(keyword)) {
            throw WireCause.PKT_LINE_MALFORMED
                    .with("detail", "ls-refs has no argument " + line)
                    .asException();
        }
        return line.substring(keyword.length());
    }

    private static String text(ByteBuffer payload) {
        String line = StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    }
}
