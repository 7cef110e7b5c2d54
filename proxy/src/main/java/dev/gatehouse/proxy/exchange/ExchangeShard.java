package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The live exchanges of one event loop, as a linked list through the exchanges themselves. On that loop, except {@link #size()}. */
final class ExchangeShard {
    private final AtomicInteger size = new AtomicInteger();
    private @Nullable ExchangeCore first;

    void add(ExchangeCore exchange) {
        exchange.after = first;
        if (first != null) {
            first.before = exchange;
        }
        first = exchange;
        size.lazySet(size.getPlain() + 1);
    }

    void remove(ExchangeCore exchange) {
        if (exchange.before == null) {
            first = exchange.after;
        } else {
            exchange.before.after = exchange.after;
        }
        if (exchange.after != null) {
            exchange.after.before = exchange.before;
        }
        exchange.before = null;
        exchange.after = null;
        size.lazySet(size.getPlain() - 1);
    }

    int size() {
        return size.get();
    }

    int cancel(Predicate<ExchangeFacts> which, Failure failure) {
        List<ExchangeCore> chosen = new ArrayList<>();
        forEach(exchange -> {
            if (which.test(exchange.facts())) {
                chosen.add(exchange);
            }
        });
        chosen.forEach(exchange -> exchange.refuse(failure));
        return chosen.size();
    }

    void tick(long nowNanos) {
        ExchangeCore exchange = first;
        while (exchange != null) {
            // One that ends takes itself out of the list; if it takes its neighbour along, the rest has its turn at the
            // next tick.
            ExchangeCore next = exchange.after;
            exchange.onTick(nowNanos);
            exchange = next;
        }
    }

    void forEach(Consumer<ExchangeCore> visitor) {
        for (ExchangeCore exchange = first; exchange != null; exchange = exchange.after) {
            visitor.accept(exchange);
        }
    }
}
