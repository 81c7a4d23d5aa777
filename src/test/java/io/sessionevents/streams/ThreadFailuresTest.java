package io.sessionevents.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T09:00:00Z"));
    private final AtomicInteger replaced = new AtomicInteger();
    private final ThreadFailures failures = new ThreadFailures(now::get, replaced::incrementAndGet, "billing-7");

    @Test
    void shouldReplaceAThreadFiveTimesAndThenEnd() {
        for (int i = 0; i < 5; i++) {
            assertThat(failures.handle(new StreamsException("passes"))).isEqualTo(REPLACE_THREAD);
        }

        assertThat(failures.handle(new StreamsException("stays"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(replaced).hasValue(5);
    }

    @Test
    void shouldForgetFailuresThatAreLongAgo() {
        for (int i = 0; i < 20; i++) {
            assertThat(failures.handle(new StreamsException("now and then"))).isEqualTo(REPLACE_THREAD);
            now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(3)));
        }
    }

    @Test
    void shouldEndAtOnceIfAnotherProcessHasTheName() {
        var fenced = new StreamsException(new FencedInstanceIdException("billing-7-1"));

        assertThat(failures.handle(fenced)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures.handle(fenced)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(replaced).hasValue(0);
    }

    @Test
    void shouldEndAtOnceIfTheStateStoreCannotBeUsed() {
        var noSpace = new StreamsException(new ProcessorStateException("No space left on device"));

        assertThat(failures.handle(noSpace)).isEqualTo(SHUTDOWN_CLIENT);
    }
}
