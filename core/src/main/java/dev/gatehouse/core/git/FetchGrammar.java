package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What may follow what in a request to git-upload-pack. Each step answers with why not, or nothing. */
sealed interface FetchGrammar permits FetchGrammarV0, FetchGrammarV2 {
    Optional<Failure> line(ByteBuffer payload);

    Optional<Failure> flush();

    Optional<Failure> delimiter();

    /** Whether the body may end here. */
    boolean mayEnd();

    FetchRequest request(long bodyBytes);
}
