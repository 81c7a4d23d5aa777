package io.sessionevents.emr;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.calls.LookupListener;
import io.sessionevents.calls.LookupSource;
import io.sessionevents.calls.SessionLookup;
import io.sessionevents.calls.SteadyClock;
import io.sessionevents.session.AttemptListener;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * Lookups that survive what AWS throws at them: Retry( CircuitBreaker( permit( GetSession ))). The first HTTP attempt has
 * the permit of the caller, who decides by permits which session is next; every further one takes its own, innermost, so
 * that pauses and an open circuit cost none. Every attempt tells the budget how it went.
 *
 * <p>Safe for use by many threads, which may block for seconds: meant for virtual threads.
 */
public final class ResilientLookup implements SessionLookup {
    private static final Logger log = LoggerFactory.getLogger(ResilientLookup.class);
    private static final String NAME = "emr-serverless";

    private final GetSession getSession;
    private final CallBudget budget;
    private final Retry retry;
    private final CircuitBreaker breaker;
    private final AttemptListener listener;
    private final LateClient client;

    /**
     * A lookup through that client.
     *
     * @param random for the jitter of the pauses; used by many threads at once
     * @param time for the pause of the open circuit, and for when calls are sent
     */
    ResilientLookup(
            EmrServerlessClient client,
            CallBudget budget,
            RetrySettings retry,
            BreakerSettings breaker,
            RandomGenerator random,
            TimeSource time,
            AttemptListener listener) {
        this(
                new LateClient(() -> client),
                new Source(Source.DEFAULT, null, null),
                budget,
                retry,
                breaker,
                random,
                time,
                listener);
    }

    private ResilientLookup(
            LateClient client,
            Source source,
            CallBudget budget,
            RetrySettings retry,
            BreakerSettings breaker,
            RandomGenerator random,
            TimeSource time,
            AttemptListener listener) {
        this.client = client;
        this.getSession = new GetSession(client::get, source, time);
        this.budget = budget;
        this.retry = Retry.of(NAME, retry(retry, random));
        this.breaker = CircuitBreaker.of(NAME, breaker(breaker, time.nanos()));
        this.listener = listener;
        this.breaker
                .getEventPublisher()
                .onStateTransition(event -> log.atWarn()
                        .addKeyValue("source", source.name())
                        .addKeyValue("from", event.getStateTransition().getFromState())
                        .addKeyValue("to", event.getStateTransition().getToState())
                        .log("Circuit to EMR Serverless changed"));
    }

    /**
     * The lookups of a source, with a client and a budget of its own, which allows nothing yet. Where there is no Region yet, lookups
     * say so until there is one.
     *
     * @param known an answer about a session of another account or Region is none
     * @param version of this service, told to AWS
     * @param steady clock of the budget
     * @param attempts hears of every attempt
     * @param lookups hears of every lookup
     */
    public static LookupSource source(
            SourceSettings source,
            Source known,
            String version,
            SteadyClock steady,
            TimeSource time,
            AttemptListener attempts,
            LookupListener lookups) {
        var budget = new CallBudget(steady);
        var client = new LateClient(() -> EmrClients.create(source.emr(), version));
        client.prepare();
        var lookup = new ResilientLookup(
                client, known, budget, source.retry(), BreakerSettings.standard(), new Random(), time, attempts);
        return new LookupSource(source.name(), lookup, budget, source.limits(), lookups);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Whether calls are made: false while the circuit is open, because most recent ones failed. */
    @Override
    public boolean calling() {
        return breaker.getState() != CircuitBreaker.State.OPEN;
    }

    @Override
    public Lookup lookup(SessionKey key, Permit first) throws InterruptedException {
        try {
            return Retry.decorateCallable(
                            retry, CircuitBreaker.decorateCallable(breaker, new PermittedAttempts(key, first)))
                    .call()
                    .outcome();
        } catch (CallNotPermittedException e) {
            return new Lookup.Unavailable(
                    Lookup.Trouble.CIRCUIT_OPEN,
                    "no call made: most recent calls to EMR Serverless failed"
                            + (key.source().equals(Source.DEFAULT) ? "" : " in the source " + key.source()));
        } catch (CancellationException e) {
            // Resilience4j's way of telling that a pause between attempts was interrupted; it leaves the flag set.
            if (!Thread.interrupted()) {
                throw e;
            }
            throw (InterruptedException) new InterruptedException("interrupted between two attempts").initCause(e);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a lookup threw a checked exception that no part of it declares", e);
        }
    }

    /** The attempts of one lookup, one with each call. */
    private final class PermittedAttempts implements Callable<Attempt> {
        private final SessionKey key;
        private @Nullable Permit first;

        private PermittedAttempts(SessionKey key, Permit first) {
            this.key = key;
            this.first = first;
        }

        @Override
        public Attempt call() throws InterruptedException {
            while (true) {
                Permit next = first == null ? budget.acquire() : first;
                first = null;
                try (next) {
                    Attempt attempt = attempt(next);
                    // Else the call was not made: its thread was held up, and waits out here, where no time-out runs.
                    if (!next.missed()) {
                        return tell(attempt);
                    }
                }
            }
        }

        /**
         * An {@link Error}, such as a stack overflow in a hostile answer or a class that is missing, is a failed attempt.
         * The circuit breaker gives back the permission of an attempt that throws an exception, and not of one that throws
         * an error: its only probe would be taken for ever.
         */
        private Attempt attempt(Permit permit) throws InterruptedException {
            try {
                return getSession.attempt(key, permit);
            } catch (Error e) {
                log.atError().addKeyValue("session", key).setCause(e).log("Attempt of a lookup broke");
                return Attempt.broken(new Lookup.Unavailable(
                        Lookup.Trouble.TRANSIENT,
                        "the attempt broke: " + e.getClass().getName()));
            }
        }

        private Attempt tell(Attempt attempt) {
            if (attempt.answered()) {
                budget.answered();
            }
            if (attempt.throttled()) {
                budget.throttled(attempt.askedPause());
            }
            listener.attempted(attempt.outcome());
            return attempt;
        }
    }

    private static RetryConfig retry(RetrySettings settings, RandomGenerator random) {
        return RetryConfig.<Attempt>custom()
                .maxAttempts(settings.maxAttempts())
                .retryOnResult(Attempt::retry)
                .retryOnException(_ -> false)
                .intervalBiFunction(new Backoff(settings, random))
                .build();
    }

    private static CircuitBreakerConfig breaker(BreakerSettings settings, LongSupplier nanos) {
        // The pause is elapsed time: a wall clock that is set back would leave the circuit open for as long.
        InstantSource elapsed = () -> Instant.EPOCH.plusNanos(nanos.getAsLong());
        return CircuitBreakerConfig.custom()
                .slidingWindow(settings.recentAttempts(), settings.recentAttempts(), SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(settings.failurePercent())
                .recordResult(result -> result instanceof Attempt attempt && attempt.outage())
                .ignoreException(_ -> true)
                // A call is slow here when it waits for a permit, which says nothing about AWS.
                .slowCallDurationThreshold(Duration.ofDays(1))
                .waitDurationInOpenState(settings.pause())
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .writableStackTraceEnabled(false)
                .clock(elapsed.withZone(ZoneOffset.UTC))
                .build();
    }
}
