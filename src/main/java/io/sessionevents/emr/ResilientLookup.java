package io.sessionevents.emr;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.sessionevents.emr.GetSessionCall.Attempt;
import io.sessionevents.session.CallBudget;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Trouble;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionLookup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * A lookup with its decoration: {@code Retry(CircuitBreaker(permit(GetSession)))}. The caller of {@link #lookup} has taken
 * the permit for the first HTTP attempt; every further attempt takes its own. Safe for use by many threads; blocks, so
 * made for virtual threads.
 */
public final class ResilientLookup implements SessionLookup, AutoCloseable {
    private static final int CALLS_JUDGED = 40;
    private static final int CALLS_NEEDED = 20;
    private static final float FAILURES_PERCENT = 60;
    private static final Duration OPEN_TIME = Duration.ofSeconds(5);
    private static final int PROBES = 2;

    private final EmrServerlessClient client;
    private final GetSessionCall call;
    private final CallBudget budget;
    private final Retry retry;
    private final CircuitBreaker circuitBreaker;

    /**
     * How a lookup is retried.
     *
     * @param maxAttempts the first included
     * @param backoff longest wait before the second attempt, doubled before each further one
     * @param backoffMax bound of the wait
     */
    public record RetrySettings(int maxAttempts, Duration backoff, Duration backoffMax) {}

    /** Makes a client and decorates it. */
    public ResilientLookup(EmrSettings emr, CallBudget budget, RetrySettings settings, RandomGenerator random) {
        this.client = EmrClients.create(emr);
        this.call = new GetSessionCall(client);
        this.budget = budget;
        this.retry = Retry.of("get-session", retryConfig(settings, random));
        this.circuitBreaker = CircuitBreaker.of("emr-serverless", circuitBreakerConfig());
    }

    @Override
    public Lookup lookup(SessionKey key) throws InterruptedException {
        var paid = new AtomicBoolean(true);
        CheckedSupplier<Attempt> permitted = () -> {
            if (!paid.getAndSet(false)) {
                budget.acquire();
            }
            return call.attempt(key);
        };
        CheckedSupplier<Attempt> guarded = CircuitBreaker.decorateCheckedSupplier(circuitBreaker, permitted);
        CheckedSupplier<Attempt> retried = Retry.decorateCheckedSupplier(retry, guarded);
        return outcome(retried);
    }

    @Override
    public void close() {
        client.close();
    }

    private static Lookup outcome(CheckedSupplier<Attempt> attempts) throws InterruptedException {
        try {
            return attempts.get().outcome();
        } catch (CallNotPermittedException e) {
            return new Lookup.Unavailable(
                    Trouble.CIRCUIT_OPEN, "AWS has failed too often, waiting before the next try");
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while backing off");
            }
            throw new IllegalStateException("a lookup must not throw", e);
        }
    }

    private static RetryConfig retryConfig(RetrySettings settings, RandomGenerator random) {
        return RetryConfig.<Attempt>custom()
                .maxAttempts(settings.maxAttempts())
                .retryOnResult(attempt -> retriable(attempt.outcome()))
                .retryOnException(exception -> false)
                .intervalBiFunction((attempt, result) -> wait(settings, attempt, result, random))
                .build();
    }

    /** Full jitter: anything from nothing up to the doubled back-off, or what AWS asks for if that is longer. */
    private static long wait(
            RetrySettings settings, int attempt, Either<Throwable, Attempt> result, RandomGenerator random) {
        long doubled = settings.backoff().toMillis() << Math.clamp(attempt - 1, 0, 20);
        long drawn = random.nextLong(Math.min(doubled, settings.backoffMax().toMillis()) + 1);
        @Nullable Duration asked = result.isRight() ? result.get().retryAfter() : null;
        return Math.max(1, asked == null ? drawn : Math.max(drawn, asked.toMillis()));
    }

    private static boolean retriable(Lookup outcome) {
        return outcome instanceof Lookup.Unavailable(Trouble why, String message)
                && (why == Trouble.THROTTLED || why == Trouble.TRANSIENT);
    }

    /** Counts as failures only what tells of an outage: an answer of whatever kind shows that AWS is there. */
    private static CircuitBreakerConfig circuitBreakerConfig() {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(CALLS_JUDGED)
                .minimumNumberOfCalls(CALLS_NEEDED)
                .failureRateThreshold(FAILURES_PERCENT)
                .recordResult(
                        result -> result instanceof Attempt(Lookup.Unavailable(Trouble why, String message), Duration d)
                                && why == Trouble.TRANSIENT)
                .ignoreException(exception -> true)
                .waitDurationInOpenState(OPEN_TIME)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .build();
    }
}
