package dev.gatehouse.proxy.exchange;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all connections and exchanges of one event loop share.
 *
 * <p>Design note. Owned by its event loop: every field is read and written there alone, except the counter of live exchanges, which the loop writes
 * and any thread may read. Everything that waits is in a linked list here, and one timer looks at all of it every {@link ProxyLimits#TICK}; so
 * neither a request nor a chunk costs a timer, and a chunk costs no clock either: {@link #coarseNanos()} moves with the tick.
 */
public final class LoopContext {
    /** Something that may wait too long. */
    public interface Timed {
        /** Looks at its deadlines. May remove itself, and only itself, from the list. */
        void onTick(long nowNanos);
    }

    /** Its place in the list. Create one for each timed thing. */
    public static final class Place {
        private final Timed timed;
        private @Nullable Place before;
        private @Nullable Place after;
        private boolean listed;

        /** @param timed what is at this place */
        public Place(Timed timed) {
            this.timed = timed;
        }
    }

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final EventLoop eventLoop;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final byte[] headScratch;
    private final ExchangeShard shard = new ExchangeShard();
    private @Nullable Place first;
    private @Nullable Place nextToTick;
    private long coarseNanos;
    private long dateSecond = Long.MIN_VALUE;
    private String date = "";
    private @Nullable ScheduledFuture<?> ticking;

    /**
     * @param nanoTime monotonic, for deadlines and timings
     * @param random for trace IDs; used by this loop alone
     */
    public LoopContext(
            EventLoop eventLoop,
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            ProxyLimits limits) {
        this.eventLoop = eventLoop;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.random = random;
        this.headScratch = new byte[limits.requestHeaderBytesMax()];
        this.coarseNanos = nanoTime.getAsLong();
    }

    /** Starts looking at deadlines. From any thread. */
    public void start() {
        long tick = ProxyLimits.TICK.toNanos();
        eventLoop.execute(() -> ticking = eventLoop.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.NANOSECONDS));
    }

    /** Stops that. From any thread; where the loop is gone already there is nothing to stop. */
    public void stop() {
        if (!eventLoop.isShuttingDown()) {
            eventLoop.execute(() -> {
                if (ticking != null) {
                    ticking.cancel(false);
                }
            });
        }
    }

    private void tick() {
        coarseNanos = nanoTime.getAsLong();
        shard.tick(coarseNanos);
        Place place = first;
        while (place != null) {
            nextToTick = place.after;
            place.timed.onTick(coarseNanos);
            place = nextToTick;
        }
    }

    /** Lists {@code place}: its {@link Timed#onTick} is called from now on. */
    public void watch(Place place) {
        place.listed = true;
        place.before = null;
        place.after = first;
        if (first != null) {
            first.before = place;
        }
        first = place;
    }

    /** Undoes {@link #watch}. */
    public void unwatch(Place place) {
        if (!place.listed) {
            return;
        }
        place.listed = false;
        if (place == nextToTick) {
            nextToTick = place.after;
        }
        if (place.before == null) {
            first = place.after;
        } else {
            place.before.after = place.after;
        }
        if (place.after != null) {
            place.after.before = place.before;
        }
    }

    /** The loop. */
    public EventLoop eventLoop() {
        return eventLoop;
    }

    /** The time of day. */
    public InstantSource clock() {
        return clock;
    }

    /** Exactly now, for timings. */
    public long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** About now, no older than a tick; for deadlines. */
    public long coarseNanos() {
        return coarseNanos;
    }

    /** For trace IDs. */
    public RandomGenerator random() {
        return random;
    }

    /** Room for one head while it is parsed. */
    public byte[] headScratch() {
        return headScratch;
    }

    /** The live exchanges of this loop. */
    ExchangeShard shard() {
        return shard;
    }

    /** The value of {@code Date}, made once a second. */
    public String date() {
        long second = clock.millis() / 1000;
        if (second != dateSecond) {
            dateSecond = second;
            date = HTTP_DATE.format(java.time.Instant.ofEpochSecond(second));
        }
        return date;
    }
}
