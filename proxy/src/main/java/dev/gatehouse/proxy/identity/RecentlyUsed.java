package dev.gatehouse.proxy.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bounded map: where it is full, the entry used longest ago goes.
 *
 * <p>Threads: all event loops of a process. One lock, held for a single map operation and never while calling out; measured against what it
 * saves (a signature, a round trip), contention between a handful of loops does not count.
 */
final class RecentlyUsed<K, V> {
    private final LinkedHashMap<K, V> entries;

    RecentlyUsed(int sizeMax) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > sizeMax;
            }
        };
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    synchronized void remove(K key) {
        entries.remove(key);
    }

    synchronized int size() {
        return entries.size();
    }
}
