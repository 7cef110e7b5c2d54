package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.Upstream;
import java.util.List;
import java.util.Optional;

/** At the edge: which service a request is for. The longest prefix of the snapshot's routes wins. */
final class RouteFilter implements Filter {

    @Override
    public void onRequest(Exchange exchange, Next next) {
        String path = Attributes.required(exchange, Addressed.ATTRIBUTE).path().value();
        Optional<Route> route = longest(exchange.snapshot().routes(), path);
        if (route.isEmpty()) {
            exchange.refuse(TrafficCause.NO_ROUTE.with("path", path));
        } else {
            exchange.attribute(Clearance.UPSTREAM, new Upstream.Sidecar(route.get()));
            next.proceed();
        }
    }

    /** A plain loop: there are few routes, and this runs for every request. */
    static Optional<Route> longest(List<Route> routes, String path) {
        Optional<Route> best = Optional.empty();
        int bestLength = -1;
        for (Route route : routes) {
            int length = route.pathPrefix().length();
            if (length > bestLength && covers(route.pathPrefix(), path)) {
                best = Optional.of(route);
                bestLength = length;
            }
        }
        return best;
    }

    /** Whole segments only: {@code /shop} covers {@code /shop} and {@code /shop/x}, and not {@code /shopping}. */
    private static boolean covers(String prefix, String path) {
        return path.startsWith(prefix)
                && (prefix.endsWith("/") || path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
}
