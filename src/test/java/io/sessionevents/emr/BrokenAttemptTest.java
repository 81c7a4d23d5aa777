package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static io.sessionevents.emr.FakeEmr.answer;
import static io.sessionevents.emr.FakeEmr.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.GetSessionRequest;
import software.amazon.awssdk.services.emrserverless.model.GetSessionResponse;

/** An error in a call takes the circuit breaker's only probe with it, unless somebody gives it back. */
class BrokenAttemptTest {
    private final FakeEmr emr = new FakeEmr(found());
    private final EmrServerlessClient client = emr.client(FakeEmr.PATIENCE);
    private final CallBudget budget = new CallBudget(System::nanoTime);
    private volatile Instant now = Instant.parse("2026-11-23T10:00:00Z");

    @AfterEach
    void close() {
        client.close();
        emr.close();
    }

    /** A client whose calls may break. */
    private record Breakable(EmrServerlessClient client, Supplier<@Nullable Error> error)
            implements EmrServerlessClient {
        @Override
        public GetSessionResponse getSession(GetSessionRequest request) {
            Error now = error.get();
            if (now != null) {
                throw now;
            }
            return client.getSession(request);
        }

        @Override
        public String serviceName() {
            return client.serviceName();
        }

        @Override
        public void close() {}
    }

    static Stream<Error> errors() {
        return Stream.of(new StackOverflowError(), new OutOfMemoryError("test"), new NoClassDefFoundError("test"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void shouldGoOnAfterAnErrorInTheProbe(Error error) throws InterruptedException {
        var broken = new AtomicBoolean();
        var breakable = new Breakable(client, () -> broken.get() ? error : null);
        var lookup = new ResilientLookup(
                breakable,
                budget,
                new RetrySettings(1, Duration.ZERO, Duration.ZERO),
                BreakerSettings.standard(),
                new Random(42),
                new TimeSource(() -> now, () -> 1_000_000 * now.toEpochMilli()),
                _ -> {});
        emr.answers(answer(503, "<html>busy</html>"));
        for (int i = 0; i < 10; i++) {
            lookup.lookup(KEY, Permits.one());
        }
        assertThat(lookup.calling()).isFalse();
        emr.answers(found());
        broken.set(true);
        now = now.plusSeconds(6);
        assertThat(LookupErrorsTest.name(lookup.lookup(KEY, Permits.one()))).isEqualTo("TRANSIENT");
        assertThat(lookup.calling()).as("an error counts").isFalse();
        broken.set(false);

        now = now.plusSeconds(6);

        assertThat(lookup.lookup(KEY, Permits.one())).isInstanceOf(Lookup.Found.class);
        assertThat(lookup.calling()).isTrue();
    }
}
