package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Versions 0 and 1 (gitprotocol-pack, "Packfile Negotiation"), as HTTP sends them: wants with their capabilities on the first, a flush, then
 * haves in rounds and at last {@code done}. A round may end the body.
 */
final class FetchGrammarV0 implements FetchGrammar {
    private enum Section {
        WANTS,
        HAVES,
        OVER
    }

    private final FetchTally tally;
    private Section section = Section.WANTS;
    private boolean flushedLast;

    FetchGrammarV0(FetchTally tally) {
        this.tally = tally;
    }

    @Override
    public Optional<Failure> line(ByteBuffer payload) {
        flushedLast = false;
        return switch (section) {
            case WANTS -> wantSide(payload);
            case HAVES -> haveSide(payload);
            case OVER -> FetchTally.malformed("something follows the end of the request");
        };
    }

    @Override
    public Optional<Failure> flush() {
        if (section == Section.OVER) {
            return FetchTally.malformed("something follows the end of the request");
        }
        if (section == Section.WANTS) {
            section = tally.wants() == 0 ? Section.OVER : Section.HAVES;
        }
        flushedLast = true;
        return Optional.empty();
    }

    @Override
    public Optional<Failure> delimiter() {
        return FetchTally.malformed("version 0 has no delimiter");
    }

    @Override
    public boolean mayEnd() {
        return section == Section.OVER || flushedLast;
    }

    @Override
    public FetchRequest request(long bodyBytes) {
        return tally.request(tally.wants() == 0 ? "probe" : "fetch", bodyBytes);
    }

    private Optional<Failure> wantSide(ByteBuffer payload) {
        if (Lines.startsWith(payload, "want ")) {
            boolean first = tally.wants() == 0;
            Optional<Failure> capabilities = first ? capabilities(payload) : Optional.empty();
            return capabilities.isPresent() ? capabilities : tally.want(payload, 5, first);
        }
        if (tally.wants() == 0) {
            return FetchTally.malformed("the first line is not a want");
        }
        if (Lines.startsWith(payload, "shallow ")) {
            return tally.shallow(payload, 8);
        }
        String text = Lines.text(payload).orElse("");
        if (text.startsWith("deepen ")) {
            return tally.depth(text.substring(7));
        }
        if (text.startsWith("filter ")) {
            return tally.filter(text.substring(7));
        }
        return text.startsWith("deepen-since ") || text.startsWith("deepen-not ")
                ? tally.other()
                : FetchTally.malformed("an unknown line stands among the wants");
    }

    private Optional<Failure> capabilities(ByteBuffer payload) {
        Optional<String> text = Lines.text(payload);
        if (text.isEmpty() || Lines.hasControl(text.get())) {
            return FetchTally.malformed("the capability list is not one line of text");
        }
        String[] words = text.get().split(" ", -1);
        for (int i = 2; i < words.length; i++) {
            Optional<Failure> failure = tally.other();
            if (failure.isEmpty()) {
                failure = tally.capability(words[i]);
            }
            if (failure.isPresent()) {
                return failure;
            }
        }
        return tally.capabilitiesRead();
    }

    private Optional<Failure> haveSide(ByteBuffer payload) {
        if (Lines.startsWith(payload, "have ")) {
            return tally.have(payload, 5);
        }
        if (Lines.startsWith(payload, "done") && Lines.endsAt(payload, 4)) {
            section = Section.OVER;
            return Optional.empty();
        }
        return FetchTally.malformed("an unknown line stands among the haves");
    }
}
