package io.sessionevents.local.scenario.workload;

import static java.util.Objects.requireNonNull;

import io.sessionevents.local.Poll;
import io.sessionevents.local.simulator.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of several accounts that change all the time, on a thread of their own: under the same application and session ids in
 * each account, and with another life in each, so that whoever takes one for the other tells what never was.
 */
public final class TwinSessions implements AutoCloseable {
    private static final int TICK_MILLIS = 20;

    /** One in so many ends when all is over. */
    private static final int ENDING = 3;

    private final Map<SessionKey, Workload> accounts = new HashMap<>();
    private final Map<SessionKey, Instant> next = new HashMap<>();
    private final Random random;
    private final Duration pause;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "twin-sessions");

    private TwinSessions(Random random, Duration pause) {
        this.random = random;
        this.pause = pause;
    }

    /**
     * Makes and publishes them, and lets them live.
     *
     * @param accounts made by the same seed, and new
     * @param sessions in each
     * @param pause between two changes of a session, half of it to one and a half
     */
    public static TwinSessions start(List<Workload> accounts, int sessions, Duration pause, long seed) {
        var twins = new TwinSessions(new Random(seed), pause);
        for (Workload account : accounts) {
            for (int i = 0; i < sessions; i++) {
                Instant now = Instant.now();
                SessionKey key = account.idle(now).key();
                twins.accounts.put(key, account);
                twins.next.put(key, twins.nextChange(now));
            }
            account.flush();
        }
        twins.thread.start();
        return twins;
    }

    /** Ends some of them and lets the others be. */
    public void finish() {
        close();
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        List<SessionKey> all = new ArrayList<>(accounts.keySet());
        for (int i = 0; i < all.size(); i += ENDING) {
            owner(all.get(i)).end(all.get(i));
        }
    }

    private void run() {
        try {
            while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                Instant now = Instant.now();
                next.replaceAll((key, due) -> due.isAfter(now) ? due : change(key, now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private Instant change(SessionKey key, Instant now) {
        owner(key).alternate(key);
        return nextChange(now);
    }

    private Instant nextChange(Instant now) {
        return now.plusMillis(pause.toMillis() / 2 + random.nextLong(pause.toMillis()));
    }

    private Workload owner(SessionKey key) {
        return requireNonNull(accounts.get(key));
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            boolean _ = thread.getState() == Thread.State.NEW || thread.join(Poll.STANDSTILL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
