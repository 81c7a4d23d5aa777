package io.sessionevents.emr;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.sessionevents.session.CallBudget;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionLookup;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * Lookups that survive what AWS throws at them. <b>The caller of {@link #lookup} has taken the permit for the first HTTP
 * attempt</b> (it decides by permits which session is next); every further attempt takes its own, innermost, so that
 * pauses and an open circuit cost none.
 *
 * <p>Safe for use by many threads, which may block for seconds: meant for virtual threads.
 */
public final class ResilientLookup implements SessionLookup, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ResilientLookup.class);
    private static final String NAME = "emr-serverless";

    private final GetSession getSession;
    private final CallBudget budget;
    private final Retry retry;
    private final CircuitBreaker breaker;
    private final AttemptListener listener;

    /**
     * A lookup through that client.
     *
     * @param random for the jitter of the pauses; used by many threads at once
     * @param time for the pause of the open circuit
     */
    ResilientLookup(
            EmrServerlessClient client,
            CallBudget budget,
            RetrySettings retry,
            BreakerSettings breaker,
            RandomGenerator random,
            InstantSource time,
            AttemptListener listener) {
        this.getSession = new GetSession(client);
        this.budget = budget;
        this.retry = Retry.of(NAME, retry(retry, random));
        this.breaker = CircuitBreaker.of(NAME, breaker(breaker, time));
        this.listener = listener;
        this.breaker
                .getEventPublisher()
                .onStateTransition(event -> log.atWarn()
                        .addKeyValue("from", event.getStateTransition().getFromState())
                        .addKeyValue("to", event.getStateTransition().getToState())
                        .log("Circuit to EMR Serverless changed"));
    }

    /** The same through a client of its own, which {@link #close} closes. */
    public static ResilientLookup create(
            EmrSettings emr,
            String version,
            CallBudget budget,
            RetrySettings retry,
            RandomGenerator random,
            InstantSource time,
            AttemptListener listener) {
        return new ResilientLookup(
                EmrClients.create(emr, version), budget, retry, BreakerSettings.standard(), random, time, listener);
    }

    @Override
    public void close() {
        getSession.client().close();
    }

    /** Retry( CircuitBreaker( permit( GetSession ))). */
    private Callable<Attempt> decorated(SessionKey key) {
        return Retry.decorateCallable(
                retry, CircuitBreaker.decorateCallable(breaker, permitAfterTheFirst(() -> getSession.attempt(key))));
    }

    @Override
    public Lookup lookup(SessionKey key) throws InterruptedException {
        try {
            return decorated(key).call().outcome();
        } catch (CallNotPermittedException e) {
            return new Lookup.Unavailable(
                    Lookup.Trouble.CIRCUIT_OPEN, "no call made: most recent calls to EMR Serverless failed");
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

    private Callable<Attempt> permitAfterTheFirst(Callable<Attempt> call) {
        return new Callable<>() {
            private boolean first = true;

            @Override
            public Attempt call() throws Exception {
                if (!first) {
                    budget.acquire();
                }
                first = false;
                Attempt attempt = call.call();
                listener.attempted(attempt.outcome());
                return attempt;
            }
        };
    }

    private static RetryConfig retry(RetrySettings settings, RandomGenerator random) {
        return RetryConfig.<Attempt>custom()
                .maxAttempts(settings.maxAttempts())
                .retryOnResult(Attempt::retry)
                .retryOnException(_ -> false)
                .intervalBiFunction(new Backoff(settings, random))
                .build();
    }

    private static CircuitBreakerConfig breaker(BreakerSettings settings, InstantSource time) {
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
                .clock(time.withZone(ZoneOffset.UTC))
                .build();
    }
}
