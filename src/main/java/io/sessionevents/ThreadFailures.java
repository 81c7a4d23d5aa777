package io.sessionevents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a StreamThread that died, for most failures pass; but one that dies again and again has met something that
 * does not, and then the service ends, loudly, for its supervisor to see.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);
    private static final int TOLERATED = 5;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Deque<Instant> failures = new ArrayDeque<>();

    ThreadFailures(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        Instant now = clock.instant();
        failures.addLast(now);
        while (failures.getFirst().isBefore(now.minus(WINDOW))) {
            failures.removeFirst();
        }
        if (failures.size() > TOLERATED) {
            log.atError()
                    .setCause(failure)
                    .log("A StreamThread died for the {}th time within {}, giving up", failures.size(), WINDOW);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        log.atWarn().setCause(failure).log("A StreamThread died and is replaced, {} of {}", failures.size(), TOLERATED);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
