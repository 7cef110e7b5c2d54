package dev.gatehouse.proxy.tls;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what {@code onChange} began. */
final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private Subscription() {}

    static void end(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception stillSubscribed) {
            LOG.warn("could not stop listening to changes", stillSubscribed);
        }
    }
}
