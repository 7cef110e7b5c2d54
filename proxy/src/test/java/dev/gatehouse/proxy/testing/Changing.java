package dev.gatehouse.proxy.testing;

import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.proxy.tls.Svid;
import dev.gatehouse.proxy.tls.SvidSource;
import dev.gatehouse.proxy.tls.WebCertificate;
import dev.gatehouse.proxy.tls.WebCertificateSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A value that tests replace, telling who listens. */
public abstract class Changing<T> {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile T value;

    Changing(T value) {
        this.value = value;
    }

    public T current() {
        return value;
    }

    public void set(T next) {
        value = next;
        listeners.forEach(Runnable::run);
    }

    public AutoCloseable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public static final class Snapshots extends Changing<Snapshot> implements SnapshotSource {
        public Snapshots(Snapshot value) {
            super(value);
        }
    }

    public static final class Svids extends Changing<Svid> implements SvidSource {
        public Svids(Svid value) {
            super(value);
        }
    }

    public static final class WebCertificates extends Changing<WebCertificate> implements WebCertificateSource {
        public WebCertificates(WebCertificate value) {
            super(value);
        }
    }
}
