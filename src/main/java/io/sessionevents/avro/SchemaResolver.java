package io.sessionevents.avro;

import io.sessionevents.avro.RegistryException.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Schemas by id for a thread that must not wait: what is known is answered, what is not is asked for on threads of its own,
 * each id by itself, once at a time and with pauses of its own, so that one that fails holds up no other. An id is asked for
 * as long as somebody wants it. Safe for use by many threads.
 */
public final class SchemaResolver implements SchemaRegistry, AutoCloseable {
    static final int MOST_IN_FLIGHT = 8;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** A schema that cannot be read does not become readable, but a refusal may be lifted. */
    static final Duration REFUSAL_KEPT = Duration.ofMinutes(1);

    private static final int MOST_DOUBLINGS = 4;
    private static final int MOST_IDS = 100_000;
    private static final Duration UNWANTED = Duration.ofSeconds(60);
    private static final Duration SCAN_INTERVAL = Duration.ofSeconds(1);

    private final SchemaRegistry registry;
    private final LongSupplier nanoClock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Integer, Schema> known = new ConcurrentHashMap<>();

    // Guarded by this.
    private final Map<Integer, Wish> wishes = new HashMap<>();
    private final PriorityQueue<Wish> queue = new PriorityQueue<>(
            Comparator.comparingInt((Wish wish) -> wish.attempts).thenComparingLong(wish -> wish.queued));
    private int inFlight;
    private long arrivals;
    private long scannedAt;

    private static final class Wish {
        private final int id;
        private int attempts;
        private long queued;
        private long wantedAt;
        private long dueAt;
        private boolean pending;
        private @Nullable RegistryException failure;

        Wish(int id) {
            this.id = id;
        }
    }

    /**
     * Asks nothing yet.
     *
     * @param registry asked on threads of this class; may block
     * @param nanoClock as {@link System#nanoTime}
     */
    public SchemaResolver(SchemaRegistry registry, LongSupplier nanoClock) {
        this.registry = registry;
        this.nanoClock = nanoClock;
        this.scannedAt = nanoClock.getAsLong() - SCAN_INTERVAL.toNanos();
    }

    /** Asks the registry itself, and so may block: who writes has asked before. */
    @Override
    public int idOf(String subject, Schema schema) {
        return registry.idOf(subject, schema);
    }

    /**
     * The schema of an id, at once.
     *
     * @throws SchemaPendingException if it is being asked for
     * @throws RegistryException with what the registry has answered last
     */
    @Override
    public Schema byId(int id) {
        Schema schema = known.get(id);
        if (schema != null) {
            return schema;
        }
        RegistryException failure = want(id);
        if (failure != null) {
            throw failure;
        }
        throw new SchemaPendingException(id);
    }

    private synchronized @Nullable RegistryException want(int id) {
        long now = nanoClock.getAsLong();
        Wish wish = wishes.get(id);
        if (wish == null) {
            forgetUnwanted(now);
            if (wishes.size() >= MOST_IDS) {
                return null;
            }
            wish = new Wish(id);
            wish.dueAt = now;
            wishes.put(id, wish);
        }
        wish.wantedAt = now;
        if (!wish.pending && wish.dueAt - now <= 0) {
            wish.pending = true;
            wish.queued = arrivals++;
            if (wish.failure != null && wish.failure.kind() == Kind.UNSUPPORTED_SCHEMA) {
                wish.failure = null;
            }
            queue.add(wish);
            launch();
        }
        return wish.failure;
    }

    private void forgetUnwanted(long now) {
        if (wishes.size() >= MOST_IDS && now - scannedAt >= SCAN_INTERVAL.toNanos()) {
            scannedAt = now;
            wishes.values().removeIf(wish -> !wish.pending && now - wish.wantedAt > UNWANTED.toNanos());
        }
    }

    /** Called with the lock. */
    private void launch() {
        while (inFlight < MOST_IN_FLIGHT && !queue.isEmpty()) {
            Wish next = queue.remove();
            try {
                threads.execute(() -> ask(next));
                inFlight++;
            } catch (RejectedExecutionException closed) {
                return;
            }
        }
    }

    private void ask(Wish wish) {
        RegistryException failure = null;
        try {
            known.put(wish.id, registry.byId(wish.id));
        } catch (RegistryException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new RegistryException(
                    Kind.UNAVAILABLE,
                    "The schema registry could not be asked for schema id " + wish.id + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
        answered(wish, failure);
    }

    private synchronized void answered(Wish wish, @Nullable RegistryException failure) {
        inFlight--;
        wish.pending = false;
        wish.failure = failure;
        if (failure == null) {
            wishes.remove(wish.id);
            tryAgainSoon();
        } else {
            wish.dueAt = nanoClock.getAsLong()
                    + pause(failure.kind(), wish.attempts++).toNanos();
        }
        launch();
    }

    /** The registry answers: those that it did not answer before need not wait for the rest of their pauses. */
    private void tryAgainSoon() {
        long soon = nanoClock.getAsLong() + FIRST_PAUSE.toNanos();
        wishes.values().forEach(wish -> {
            boolean outage = wish.failure != null && wish.failure.kind() == Kind.UNAVAILABLE;
            if (outage && wish.dueAt - soon > 0) {
                wish.dueAt = soon;
            }
        });
    }

    /** Whether nothing is being asked. */
    synchronized boolean idle() {
        return inFlight == 0;
    }

    private static Duration pause(Kind kind, int attempts) {
        if (kind == Kind.UNSUPPORTED_SCHEMA) {
            return REFUSAL_KEPT;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Asks no more. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
