package io.sessionevents.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are good for a short time, so that a hundred who ask the same cost what one costs. Who asks while an answer is being
 * made waits for it. Safe for use by many threads.
 *
 * @param <T> answers; one that could not be made is not remembered
 */
final class Remembered<T> {
    private final InstantSource clock;
    private final Duration good;
    private final Map<String, Held<T>> entries;

    /** Makes an answer. */
    @FunctionalInterface
    interface Question<T> {
        /** @param now when it is asked */
        T answer(Instant now) throws InterruptedException;
    }

    private static final class Held<T> {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable T answer;
        private Instant until = Instant.MIN;
    }

    /**
     * Remembers nothing yet.
     *
     * @param good for how long an answer is
     * @param most answers that are remembered; the one that was asked for the longest ago is forgotten
     */
    Remembered(InstantSource clock, Duration good, int most) {
        this.clock = clock;
        this.good = good;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Held<T>> eldest) {
                return size() > most;
            }
        };
    }

    /** What is remembered under that name, or else the answer to the question. */
    T get(String name, Question<T> question) throws InterruptedException {
        Held<T> held = held(name);
        held.lock.lockInterruptibly();
        try {
            Instant now = clock.instant();
            T known = held.answer;
            // A clock that was set back must not keep an answer for longer.
            if (known != null && now.isBefore(held.until) && !now.isBefore(held.until.minus(good))) {
                return known;
            }
            T answer = question.answer(now);
            held.answer = answer;
            held.until = now.plus(good);
            return answer;
        } finally {
            held.lock.unlock();
        }
    }

    private Held<T> held(String name) {
        synchronized (entries) {
            return entries.computeIfAbsent(name, none -> new Held<>());
        }
    }
}
