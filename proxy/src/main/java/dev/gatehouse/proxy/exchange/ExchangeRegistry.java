package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Every live exchange of a proxy. Revocation, shutdown and status build on it. Safe for all threads.
 *
 * <p>Design note. There is one shard for each event loop, touched by that loop alone, so registering costs a request neither a lock nor an entry in
 * a shared map. A question goes to every loop as a task and walks its list: dear for the asker, who is rare, and free for the request, which is
 * not. Invariant: an exchange is in its loop's shard from its creation until its record is written. One that authenticates while a cancellation is
 * on its way is caught by the revocation check of the filters, which read the newest snapshot.
 */
public final class ExchangeRegistry {
    private final List<LoopContext> loops;

    /** @param loops all event loops that carry exchanges */
    public ExchangeRegistry(List<LoopContext> loops) {
        this.loops = List.copyOf(loops);
    }

    /** Refuses all exchanges of one principal; completes with how many there were. */
    public CompletionStage<Integer> cancelByPrincipal(String key, Failure failure) {
        return cancel(
                facts -> facts.caller()
                        .map(caller -> caller.principal().key().equals(key))
                        .orElse(false),
                failure);
    }

    /** Refuses all exchanges that came from one peer. */
    public CompletionStage<Integer> cancelByPeer(SpiffeId peer, Failure failure) {
        return cancel(facts -> facts.peer().map(peer::equals).orElse(false), failure);
    }

    /** Refuses all exchanges about one repository. */
    public CompletionStage<Integer> cancelByRepository(RepositoryName repository, Failure failure) {
        return cancel(facts -> facts.repository().map(repository::equals).orElse(false), failure);
    }

    /** Refuses all. */
    public CompletionStage<Integer> cancelAll(Failure failure) {
        return cancel(facts -> true, failure);
    }

    /** Refuses all exchanges whose facts pass {@code which}; it is called on the event loops. */
    public CompletionStage<Integer> cancel(Predicate<ExchangeFacts> which, Failure failure) {
        return onEveryLoop(shard -> shard.cancel(which, failure))
                .thenApply(counts -> counts.stream().mapToInt(Integer::intValue).sum());
    }

    /** How many there are, about. Cheap. */
    public int live() {
        int sum = 0;
        for (LoopContext loop : loops) {
            sum += loop.shard().size();
        }
        return sum;
    }

    /** What is going on at the moment; at most {@code countMax} for each event loop. */
    public CompletionStage<List<LiveExchange>> list(int countMax) {
        return onEveryLoop(shard -> {
                    List<LiveExchange> live = new ArrayList<>();
                    shard.forEach(exchange -> {
                        if (live.size() < countMax) {
                            live.add(exchange.describe());
                        }
                    });
                    return live;
                })
                .thenApply(lists -> lists.stream().flatMap(List::stream).toList());
    }

    private <T> CompletionStage<List<T>> onEveryLoop(Function<ExchangeShard, T> question) {
        List<CompletableFuture<T>> answers = new ArrayList<>();
        for (LoopContext loop : loops) {
            answers.add(CompletableFuture.supplyAsync(() -> question.apply(loop.shard()), loop.eventLoop()));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
    }
}
