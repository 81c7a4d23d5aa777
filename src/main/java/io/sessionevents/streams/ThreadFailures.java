package io.sessionevents.streams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a StreamThread that died, for most failures pass; but one that dies again and again has met something that
 * does not, and then the service ends, loudly, for its supervisor to see.
 *
 * <p>A state store that cannot be used, because its disk is full, say, does not pass: it ends the service at once. Each new
 * thread would take tasks, die with them, and hold up the whole group until its session has timed out.
 *
 * <p>Nor does it pass that another process has this one's name in the group: each new thread would take the name back, and
 * the two would never end.
 */
public final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);
    private static final int TOLERATED = 5;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Runnable onReplacement;
    private final @Nullable String name;
    private final Deque<Instant> failures = new ArrayDeque<>();
    private boolean nameTaken;

    /**
     * Has seen none yet.
     *
     * @param onReplacement told of every thread that is replaced; cheap, and never fails
     * @param name of this instance in its group; null if it has none
     */
    public ThreadFailures(InstantSource clock, Runnable onReplacement, @Nullable String name) {
        this.clock = clock;
        this.onReplacement = onReplacement;
        this.name = name;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        if (causedBy(failure, FencedInstanceIdException.class)) {
            reportThatTheNameIsTaken();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (causedBy(failure, ProcessorStateException.class)) {
            log.atError()
                    .setCause(failure)
                    .log("The state store cannot be used, the service ends: see to the disk of kafka.state.dir");
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
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
        onReplacement.run();
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Once, for it concerns all StreamThreads. */
    private void reportThatTheNameIsTaken() {
        if (!nameTaken) {
            nameTaken = true;
            log.atError()
                    .log(
                            "Another process has taken the name \"{}\" of this one in the consumer group, the service ends. Give each instance"
                                    + " a directory of its own (kafka.state.dir), which is no clone of another's disk, and if"
                                    + " kafka.group.instance.id is set, a value of its own",
                            name);
        }
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(type::isInstance);
    }
}
