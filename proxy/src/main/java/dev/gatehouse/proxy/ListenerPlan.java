package dev.gatehouse.proxy;

import dev.gatehouse.proxy.exchange.FailureRenderer;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.listener.ListenerSettings;
import java.util.List;

/**
 * One listener, and what is done with its requests.
 *
 * @param settings where and how it listens
 * @param filters in order; the last one forwards or answers
 * @param renderer what a failure looks like to those who call here
 */
public record ListenerPlan(ListenerSettings settings, List<Filter> filters, FailureRenderer renderer) {
    public ListenerPlan {
        filters = List.copyOf(filters);
    }
}
