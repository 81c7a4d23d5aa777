package io.sessionevents.history;

import io.sessionevents.avro.HistoryEntries;
import io.sessionevents.avro.RegistryException;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.health.UnavailableException;
import io.sessionevents.session.HistoryEntry;
import io.sessionevents.session.SessionHistories;
import io.sessionevents.session.SessionHistory;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Histories for many that ask at once: who asks for the same session within two seconds gets the same answer, whether it is one or a
 * failure, and {@value #READING_AT_ONCE} are read at a time. So memory and load are bounded, however many ask. Safe for use by many
 * threads; reads on the thread that asks.
 */
public final class TopicHistories implements SessionHistories {
    private static final Logger log = LoggerFactory.getLogger(TopicHistories.class);

    static final Duration FRESH = Duration.ofSeconds(2);
    static final int READING_AT_ONCE = 2;

    /** Answers that are kept; each is as large as {@link #BOUNDS} let. */
    static final int MOST_ANSWERS = 16;

    /** What a page can show, and what may be held of it in memory. */
    static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(5), 1000, 2 * 1024 * 1024);

    /** Of a question to the brokers. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration ONCE_GRANTED = Duration.ofMinutes(1);

    private final Supplier<HistoryReader> readers;
    private final HistoryEntries entries;
    private final LongSupplier nanoClock;
    private final Semaphore reading = new Semaphore(READING_AT_ONCE);

    /** By session, the oldest first. Guarded by this. */
    private final Map<SessionKey, Answer> answers = new LinkedHashMap<>();

    private static final class Answer {
        private final CompletableFuture<SessionHistory> history = new CompletableFuture<>();
        private volatile long readAt;

        boolean stale(long now) {
            return history.isDone() && now - readAt > FRESH.toNanos();
        }
    }

    TopicHistories(Supplier<HistoryReader> readers, SchemaRegistry registry, LongSupplier nanoClock) {
        this.readers = readers;
        this.entries = new HistoryEntries(registry);
        this.nanoClock = nanoClock;
    }

    /**
     * Of those topics; connects to nothing yet.
     *
     * @param client settings of a plain consumer
     * @param nanoClock as {@link System#nanoTime}
     */
    public static TopicHistories of(
            Map<String, Object> client, HistoryTopics topics, SchemaRegistry registry, LongSupplier nanoClock) {
        return new TopicHistories(() -> HistoryReader.open(client, PATIENCE, topics, nanoClock), registry, nanoClock);
    }

    @Override
    public SessionHistory of(SessionKey key, @Nullable Instant since) throws InterruptedException {
        Answer answer;
        boolean mine = false;
        synchronized (this) {
            forgetOld();
            Answer known = answers.get(key);
            if (known == null) {
                mine = true;
                known = new Answer();
                answers.put(key, known);
            }
            answer = known;
        }
        if (mine) {
            fill(answer, key, since);
        }
        try {
            return answer.history.get();
        } catch (ExecutionException e) {
            // Made anew, for each thread its own stack trace.
            throw e.getCause() instanceof UnavailableException told
                    ? new UnavailableException(String.valueOf(told.getMessage()), told.again())
                    : new IllegalStateException("a history could not be read", e.getCause());
        }
    }

    private void forgetOld() {
        long now = nanoClock.getAsLong();
        answers.values().removeIf(answer -> answer.stale(now));
        Iterator<Answer> oldest = answers.values().iterator();
        for (int tooMany = answers.size() - MOST_ANSWERS + 1; tooMany > 0 && oldest.hasNext(); tooMany--) {
            if (oldest.next().history.isDone()) {
                oldest.remove();
            }
        }
    }

    /** Whatever happens, those who wait for it are told. */
    private void fill(Answer answer, SessionKey key, @Nullable Instant since) throws InterruptedException {
        try {
            SessionHistory history = readInTurn(key, since);
            answer.readAt = nanoClock.getAsLong();
            answer.history.complete(history);
        } catch (InterruptedException e) {
            answer.history.completeExceptionally(new UnavailableException("The service ends.", AGAIN));
            throw e;
        } catch (RuntimeException | Error e) {
            answer.readAt = nanoClock.getAsLong();
            answer.history.completeExceptionally(e);
        }
    }

    private SessionHistory readInTurn(SessionKey key, @Nullable Instant since) throws InterruptedException {
        if (!reading.tryAcquire(SOON.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new UnavailableException("Too many histories are asked for at once.", SOON);
        }
        try (HistoryReader reader = readers.get()) {
            return read(reader, key, since);
        } catch (InterruptException e) {
            boolean _ = Thread.interrupted();
            InterruptedException interrupted = new InterruptedException();
            interrupted.initCause(e);
            throw interrupted;
        } catch (MissingTopicException e) {
            throw new UnavailableException(e.getMessage() + " 'session-events topics create' creates it.", AGAIN);
        } catch (RegistryException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), AGAIN);
        } catch (KafkaException e) {
            log.atDebug().addKeyValue("session", key).setCause(e).log("A history could not be read");
            throw unavailable(e);
        } finally {
            reading.release();
        }
    }

    private SessionHistory read(HistoryReader reader, SessionKey key, @Nullable Instant since) {
        HistoryReader.Found<HistoryEntry> found = reader.read(
                key, since, BOUNDS, (done, all) -> {}, (position, value) -> entries.read(key, position, value));
        return new SessionHistory(key, found.records(), found.older(), found.unread(), found.read());
    }

    private static UnavailableException unavailable(KafkaException failure) {
        return switch (failure) {
            case TopicAuthorizationException refused ->
                new UnavailableException(
                        "This instance may not read " + String.join(", ", refused.unauthorizedTopics())
                                + ", so it shows no histories. Grant its principal Read there: 'session-events validate' prints how.",
                        ONCE_GRANTED);
            case AuthorizationException _ ->
                new UnavailableException(
                        "Kafka refuses this instance: 'session-events validate' says why.", ONCE_GRANTED);
            case OffsetOutOfRangeException _ ->
                new UnavailableException("A topic was shortened or made anew while it was read.", SOON);
            default ->
                new UnavailableException(
                        "Kafka does not answer (" + failure.getClass().getSimpleName() + ").", AGAIN);
        };
    }
}
