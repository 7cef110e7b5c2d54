package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.WireCause;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * Version 2 (gitprotocol-v2, "Command Request"): one command, its capabilities, a delimiter, its arguments, a flush. Over HTTP a body holds one
 * command: what follows its flush is refused.
 */
final class FetchGrammarV2 implements FetchGrammar {
    private static final Set<String> COMMANDS = Set.of("ls-refs", "fetch", "object-info");
    private static final String COMMAND = "command=";

    private enum Section {
        COMMAND,
        CAPABILITIES,
        ARGUMENTS,
        OVER
    }

    private final FetchTally tally;
    private Section section = Section.COMMAND;
    private String command = "probe";

    FetchGrammarV2(FetchTally tally) {
        this.tally = tally;
    }

    @Override
    public Optional<Failure> line(ByteBuffer payload) {
        return switch (section) {
            case COMMAND -> command(payload);
            case CAPABILITIES -> capability(payload);
            case ARGUMENTS -> argument(payload);
            case OVER -> afterTheEnd();
        };
    }

    @Override
    public Optional<Failure> flush() {
        if (section == Section.OVER) {
            return afterTheEnd();
        }
        Section before = section;
        section = Section.OVER;
        return before == Section.CAPABILITIES ? tally.capabilitiesRead() : Optional.empty();
    }

    @Override
    public Optional<Failure> delimiter() {
        if (section != Section.CAPABILITIES) {
            return FetchTally.malformed("a delimiter stands where none belongs");
        }
        section = Section.ARGUMENTS;
        return tally.capabilitiesRead();
    }

    @Override
    public boolean mayEnd() {
        return section == Section.OVER;
    }

    @Override
    public FetchRequest request(long bodyBytes) {
        return tally.request(command, bodyBytes);
    }

    private Optional<Failure> command(ByteBuffer payload) {
        Optional<String> text = Lines.text(payload);
        if (text.isEmpty() || !text.get().startsWith(COMMAND)) {
            return FetchTally.malformed("the first line is not command=");
        }
        command = text.get().substring(COMMAND.length());
        if (!COMMANDS.contains(command)) {
            return Optional.of(WireCause.COMMAND_UNKNOWN.with("command", command));
        }
        section = Section.CAPABILITIES;
        return Optional.empty();
    }

    private Optional<Failure> capability(ByteBuffer payload) {
        Optional<String> text = Lines.text(payload);
        if (text.isEmpty() || Lines.hasControl(text.get())) {
            return FetchTally.malformed("a capability is not one line of text");
        }
        if (text.get().startsWith(COMMAND)) {
            return FetchTally.malformed("a second command stands in one request");
        }
        Optional<Failure> tooMany = tally.other();
        return tooMany.isPresent() ? tooMany : tally.capability(text.get());
    }

    private Optional<Failure> argument(ByteBuffer payload) {
        if (Lines.startsWith(payload, "have ")) {
            return tally.have(payload, 5);
        }
        if (Lines.startsWith(payload, "want ")) {
            return tally.want(payload, 5, false);
        }
        if (Lines.startsWith(payload, "want-ref ")) {
            return tally.wantRef();
        }
        if (Lines.startsWith(payload, "ref-prefix ")) {
            return tally.refPrefix();
        }
        if (Lines.startsWith(payload, "shallow ")) {
            return tally.shallow(payload, 8);
        }
        Optional<String> text = Lines.text(payload);
        if (text.isEmpty()) {
            return FetchTally.malformed("an argument is not text");
        }
        if (text.get().startsWith("deepen ")) {
            return tally.depth(text.get().substring(7));
        }
        if (text.get().startsWith("filter ")) {
            return tally.filter(text.get().substring(7));
        }
        return tally.other();
    }

    private static Optional<Failure> afterTheEnd() {
        return FetchTally.malformed("something follows the end of the request");
    }
}
