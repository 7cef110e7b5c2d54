package dev.gatehouse.git;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The bytes of ref lists that were asked for lately. What most requests of a build farm ask is whether something is new, and the answer is the
 * same until a ref moves.
 *
 * <p>Threads: any. An answer belongs to one table; when the repository has another, all are dropped together. Two threads may make the same
 * answer at once, which costs time and nothing else.
 */
final class AdvertisementCache {
    private static final int ANSWERS_MAX = 8;
    private static final int BYTES_MAX = 8 << 20;

    private volatile Answers answers = new Answers(RefTable.of(List.of(), ""), new ConcurrentHashMap<>());

    private record Answers(RefTable table, Map<Object, byte[]> byQuestion) {}

    @SuppressWarnings(
            "ReferenceEquality") // Every change makes a new table; comparing thousands of refs would cost what is
    // saved.
    byte[] answer(RefTable table, Object question, Function<RefTable, byte[]> make) {
        Answers current = answers;
        if (current.table() != table) {
            current = new Answers(table, new ConcurrentHashMap<>());
            answers = current;
        }
        byte[] known = current.byQuestion().get(question);
        if (known != null) {
            return known;
        }
        byte[] made = make.apply(table);
        if (made.length <= BYTES_MAX && current.byQuestion().size() < ANSWERS_MAX) {
            current.byQuestion().put(question, made);
        }
        return made;
    }
}
