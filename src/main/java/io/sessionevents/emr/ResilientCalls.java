package io.sessionevents.emr;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.calls.RemoteCall;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Source;
import io.sessionevents.session.TimeSource;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of one operation that survive what AWS throws at them: Retry( CircuitBreaker( permit( operation ))). The first HTTP attempt
 * has the permit of the caller, who decides by permits what is asked next; every further one takes its own, innermost, so
 * that pauses and an open circuit cost none. Every attempt tells the budget how it went.
 *
 * <p>Safe for use by many threads, which may block for seconds: meant for virtual threads.
 *
 * @param <Q> question
 * @param <A> answer, failures included
 */
final class ResilientCalls<Q, A> implements RemoteCall<Q, A> {
    private static final Logger log = LoggerFactory.getLogger(ResilientCalls.class);

    private final Operation<Q, A> operation;
    private final Source source;
    private final CallBudget budget;
    private final Retry retry;
    private final CircuitBreaker breaker;
    private final OwnTroubles<Q> troubles = new OwnTroubles<>();
    private final Consumer<? super A> listener;
    private volatile @Nullable String lastFailure;

    /**
     * Calls with a circuit of their own.
     *
     * @param source that is asked
     * @param random for the jitter of the pauses; used by many threads at once
     * @param time for the pause of the open circuit
     * @param listener hears of every attempt
     */
    ResilientCalls(
            Operation<Q, A> operation,
            Source source,
            CallBudget budget,
            RetrySettings retry,
            BreakerSettings breaker,
            RandomGenerator random,
            TimeSource time,
            Consumer<? super A> listener) {
        this.operation = operation;
        this.source = source;
        this.budget = budget;
        this.retry = Retry.of(operation.name(), retry(retry, random));
        this.breaker = CircuitBreaker.of(operation.name(), breaker(breaker, time.nanos()));
        this.listener = listener;
        this.breaker.getEventPublisher().onStateTransition(event -> changed(event.getStateTransition()));
    }

    /** Says nothing of probes that fail: there is one every few seconds, for as long as an outage lasts. */
    private void changed(CircuitBreaker.StateTransition transition) {
        if (transition == CircuitBreaker.StateTransition.CLOSED_TO_OPEN) {
            log.atWarn()
                    .addKeyValue("source", source.name())
                    .addKeyValue("operation", operation.name())
                    .log("Most recent calls to EMR Serverless failed, so only a few are made: {}", lastFailure);
        } else if (transition.getToState() == CircuitBreaker.State.CLOSED) {
            log.atInfo()
                    .addKeyValue("source", source.name())
                    .addKeyValue("operation", operation.name())
                    .log("Calls to EMR Serverless are made as usual again");
        }
    }

    @Override
    public boolean calling() {
        return breaker.getState() != CircuitBreaker.State.OPEN;
    }

    @Override
    public A answer(Q question, Permit first) throws InterruptedException {
        try {
            var attempts = new PermittedAttempts(question, first);
            return Retry.decorateCallable(retry, () -> guarded(question, attempts))
                    .call()
                    .outcome();
        } catch (CallNotPermittedException e) {
            return operation.failed(new Lookup.Unavailable(
                    Lookup.Trouble.CIRCUIT_OPEN,
                    "no call made: most recent calls to EMR Serverless failed"
                            + (source.name().equals(Source.DEFAULT) ? "" : " in the source " + source.name())
                            + " (" + lastFailure + ")"));
        } catch (CancellationException e) {
            // Resilience4j's way of telling that a pause between attempts was interrupted; it leaves the flag set.
            if (!Thread.interrupted()) {
                throw e;
            }
            throw (InterruptedException) new InterruptedException("interrupted between two attempts").initCause(e);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a call threw a checked exception that no part of it declares", e);
        }
    }

    /**
     * One attempt, if the circuit lets it; it counts unless its trouble is its question's own. A probe counts whatever it comes to, or the
     * next one would follow at once.
     */
    private Attempt<A> guarded(Q question, PermittedAttempts attempts) throws InterruptedException {
        breaker.acquirePermission();
        boolean probe = breaker.getState() != CircuitBreaker.State.CLOSED;
        boolean counted = false;
        boolean retry = attempts.begun();
        try {
            Attempt<A> attempt = attempts.call();
            if (!probe && !retry && !attempt.throttled()) {
                troubles.asked(attempt.outage());
            }
            counted = counts(question, attempt) || probe;
            if (counted) {
                // How long it took says nothing about AWS: it may have waited for a permit.
                breaker.onResult(0, TimeUnit.NANOSECONDS, attempt);
            }
            return attempt;
        } finally {
            if (!counted) {
                breaker.releasePermission();
            }
        }
    }

    private boolean counts(Q question, Attempt<A> attempt) {
        if (attempt.outage()) {
            return attempt.broken() || !troubles.failed(question);
        }
        if (attempt.answered() && !attempt.throttled()) {
            troubles.answered(question);
        }
        return true;
    }

    /** The attempts of one call, one with each turn. */
    private final class PermittedAttempts implements Callable<Attempt<A>> {
        private final Q question;
        private @Nullable Permit first;

        private PermittedAttempts(Q question, Permit first) {
            this.question = question;
            this.first = first;
        }

        /** Whether there was one before. */
        boolean begun() {
            return first == null;
        }

        @Override
        public Attempt<A> call() throws InterruptedException {
            while (true) {
                Permit next = first == null ? budget.acquire() : first;
                first = null;
                try (next) {
                    Attempt<A> attempt = attempt(next);
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
        private Attempt<A> attempt(Permit permit) throws InterruptedException {
            try {
                return operation.attempt(question, permit);
            } catch (Error e) {
                log.atError()
                        .addKeyValue("source", source.name())
                        .addKeyValue("operation", operation.name())
                        .addKeyValue("question", question)
                        .setCause(e)
                        .log("Attempt of a call broke");
                return Attempt.broken(operation.failed(new Lookup.Unavailable(
                        Lookup.Trouble.TRANSIENT,
                        "the attempt broke: " + e.getClass().getName())));
            }
        }

        private Attempt<A> tell(Attempt<A> attempt) {
            if (attempt.answered()) {
                budget.answered();
            }
            if (attempt.throttled()) {
                budget.throttled(attempt.askedPause());
            }
            if (attempt.outage() && attempt.outcome() instanceof Lookup.Unavailable(var _, String message)) {
                lastFailure = message;
            }
            listener.accept(attempt.outcome());
            return attempt;
        }
    }

    private static RetryConfig retry(RetrySettings settings, RandomGenerator random) {
        return RetryConfig.<Attempt<?>>custom()
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
                .recordResult(result -> result instanceof Attempt<?> attempt && attempt.outage())
                .waitDurationInOpenState(settings.pause())
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .writableStackTraceEnabled(false)
                .clock(elapsed.withZone(ZoneOffset.UTC))
                .build();
    }
}
