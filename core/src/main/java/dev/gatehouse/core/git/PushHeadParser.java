package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RefUpdate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a POST to git-receive-pack (gitprotocol-pack, "Reference Update Request and Packfile Transfer"): shallow lines, commands,
 * push options, up to where the pack begins. Fed in chunks of any size; one push, one thread. It keeps no bytes: who feeds it keeps them until
 * it is decided what becomes of the push. Where Git's own reader is more lenient than this one, the push is refused.
 */
public final class PushHeadParser {
    private static final String SHALLOW = "shallow ";
    private static final String PUSH_CERTIFICATE = "push-cert";

    private enum Section {
        COMMANDS,
        OPTIONS,
        OVER
    }

    private final PushLimits limits;
    private final Optional<ObjectFormat> served;
    private final PktLineReader reader = new PktLineReader();
    private final List<RefUpdate> updates = new ArrayList<>();
    private final Set<RefName> named = new LinkedHashSet<>();
    private final List<ObjectId> shallow = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private Section section = Section.COMMANDS;
    private PushCapabilities capabilities = PushCapabilities.none();
    private boolean capabilitiesRead;
    private @Nullable PushHeadResult result;

    /**
     * A parser for one push.
     *
     * @param served the repository's object format; empty where it is not known, then the client's word counts
     */
    public PushHeadParser(PushLimits limits, Optional<ObjectFormat> served) {
        this.limits = limits;
        this.served = served;
    }

    /** Reads on. Once the head is complete or refused, the answer stays the same and {@code chunk} is left alone. */
    public PushHeadResult feed(ByteBuffer chunk) {
        if (result instanceof PushHeadResult.Probe && chunk.hasRemaining()) {
            result = malformed("something follows an empty list of commands");
        }
        while (result == null) {
            PktLineReader.Token token = reader.next(chunk);
            result = switch (token) {
                case MORE -> null;
                case DATA -> line(reader.payload());
                case FLUSH -> flush(chunk);
                case DELIMITER, RESPONSE_END -> malformed("a push has no such line");
                case MALFORMED -> refused(reader.failure());
            };
            if (reader.consumedBytes() > limits.headBytesMax()) {
                result = limit(limits.headBytesMax(), "bytes before its pack", "limits.push-head-bytes");
            }
            if (result == null && token == PktLineReader.Token.MORE) {
                return new PushHeadResult.More();
            }
        }
        return result;
    }

    /** The body has ended: a head that is not complete by now was cut off. */
    public PushHeadResult end() {
        if (result == null) {
            result = refused(WireCause.PUSH_CUT_OFF.with("bytes", Long.toString(reader.consumedBytes())));
        }
        return result;
    }

    /** How far the push is, for {@link GitRefusal#of}: all that is known by now of how the client can be told why. */
    public GitPhase phase() {
        return capabilitiesRead ? new GitPhase.Push(capabilities, List.copyOf(named)) : new GitPhase.PushUnread();
    }

    private @Nullable PushHeadResult line(ByteBuffer payload) {
        Optional<String> text = Lines.text(payload);
        return switch (section) {
            case COMMANDS -> {
                if (Lines.startsWith(payload, PUSH_CERTIFICATE)) {
                    yield refused(WireCause.CAPABILITY_UNKNOWN.with("capability", PUSH_CERTIFICATE));
                }
                if (Lines.startsWith(payload, SHALLOW)) {
                    yield shallow(text.orElse(""));
                }
                yield text.isPresent() ? command(text.get()) : commandNotUtf8();
            }
            case OPTIONS -> option(text);
            case OVER -> throw new IllegalStateException("a line after the head");
        };
    }

    private @Nullable PushHeadResult shallow(String line) {
        if (!updates.isEmpty()) {
            return malformed("a shallow line stands after a command");
        }
        Optional<ObjectId> id = ObjectId.parse(line.substring(Math.min(SHALLOW.length(), line.length())));
        if (id.isEmpty()) {
            return malformed("a shallow line names no object");
        }
        if (shallow.size() == limits.shallowMax()) {
            return limit(limits.shallowMax(), "shallow lines", "limits.push-shallow");
        }
        shallow.add(id.get());
        return null;
    }

    private @Nullable PushHeadResult command(String line) {
        int nul = line.indexOf('\0');
        if (nul >= 0 && !updates.isEmpty()) {
            return malformed("capabilities stand after the first command");
        }
        if (nul >= 0) {
            switch (PushCapabilityParser.parse(line.substring(nul + 1), served)) {
                case PushCapabilityParser.Outcome.Parsed parsed -> capabilities = parsed.capabilities();
                case PushCapabilityParser.Outcome.Refused refused -> {
                    return refused(refused.failure());
                }
            }
        }
        capabilitiesRead |= nul >= 0;
        return update(nul < 0 ? line : line.substring(0, nul));
    }

    private @Nullable PushHeadResult update(String command) {
        int first = command.indexOf(' ');
        int second = first < 0 ? -1 : command.indexOf(' ', first + 1);
        Optional<ObjectId> oldId = second < 0 ? Optional.empty() : ObjectId.parse(command.substring(0, first));
        Optional<ObjectId> newId = second < 0 ? Optional.empty() : ObjectId.parse(command.substring(first + 1, second));
        if (oldId.isEmpty() || newId.isEmpty()) {
            return malformed("a command is not: old ID, new ID, ref");
        }
        Optional<PushHeadResult> mismatch = formatMismatch(oldId.get(), newId.get());
        if (mismatch.isPresent()) {
            return mismatch.get();
        }
        String refText = command.substring(second + 1);
        Optional<RefName> ref = RefName.parse(refText);
        if (ref.isEmpty()) {
            return refused(WireCause.REF_NAME_MALFORMED.with("ref", refText));
        }
        if (oldId.get().isZero() && newId.get().isZero()) {
            return malformed("a command names no object, neither old nor new");
        }
        if (updates.size() == limits.refsMax()) {
            return refused(WireCause.TOO_MANY_REFS.with("limit", Integer.toString(limits.refsMax())));
        }
        if (!named.add(ref.get())) {
            return refused(WireCause.DUPLICATE_REF.with("ref", refText));
        }
        capabilitiesRead = true;
        updates.add(new RefUpdate(ref.get(), oldId.get(), newId.get()));
        return null;
    }

    /** Silence means SHA-1, for git as for us. */
    private Optional<PushHeadResult> formatMismatch(ObjectId oldId, ObjectId newId) {
        ObjectFormat asked = capabilities.objectFormat().orElse(ObjectFormat.SHA1);
        ObjectFormat expected = served.orElse(asked);
        if (expected != asked) {
            return Optional.of(refused(Mismatch.between(expected, asked)));
        }
        if (oldId.format() != expected) {
            return Optional.of(refused(Mismatch.between(expected, oldId.format())));
        }
        if (newId.format() != expected) {
            return Optional.of(refused(Mismatch.between(expected, newId.format())));
        }
        for (ObjectId cut : updates.isEmpty() ? shallow : List.<ObjectId>of()) {
            if (cut.format() != expected) {
                return Optional.of(refused(Mismatch.between(expected, cut.format())));
            }
        }
        return Optional.empty();
    }

    private @Nullable PushHeadResult option(Optional<String> text) {
        if (text.isEmpty() || text.get().indexOf('\n') >= 0 || text.get().indexOf('\0') >= 0) {
            return malformed("a push option is not one line of text");
        }
        if (options.size() == limits.optionsMax()) {
            return limit(limits.optionsMax(), "push options", "limits.push-options");
        }
        options.add(text.get());
        return null;
    }

    private @Nullable PushHeadResult flush(ByteBuffer chunk) {
        if (section == Section.COMMANDS && updates.isEmpty()) {
            section = Section.OVER;
            return chunk.hasRemaining()
                    ? malformed("something follows an empty list of commands")
                    : new PushHeadResult.Probe();
        }
        if (section == Section.COMMANDS && capabilities.pushOptions()) {
            section = Section.OPTIONS;
            return null;
        }
        section = Section.OVER;
        return new PushHeadResult.Complete(
                new PushHead(updates, capabilities, shallow, options, reader.consumedBytes()));
    }

    private PushHeadResult commandNotUtf8() {
        return refused(WireCause.REF_NAME_MALFORMED.with("ref", "a name that is not UTF-8"));
    }

    private PushHeadResult limit(long limit, String what, String setting) {
        return refused(WireCause.ARGUMENT_LIMIT.with("limit", Long.toString(limit), "what", what, "setting", setting));
    }

    private PushHeadResult malformed(String detail) {
        return refused(WireCause.PKT_LINE_MALFORMED.with("detail", detail));
    }

    private PushHeadResult refused(Failure failure) {
        return new PushHeadResult.Refused(failure, capabilities);
    }
}
