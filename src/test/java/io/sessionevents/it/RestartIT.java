package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.LocalEnvironment;
import io.sessionevents.local.emr.SessionFactory;
import io.sessionevents.local.emr.SessionKey;
import io.sessionevents.local.emr.SimulatedEmrServerless;
import io.sessionevents.local.emr.SimulatedSession;
import io.sessionevents.local.guarantee.EveryChangeReported;
import io.sessionevents.local.guarantee.Guarantee;
import io.sessionevents.local.guarantee.InOrderPerSession;
import io.sessionevents.local.guarantee.NoDuplicates;
import io.sessionevents.local.guarantee.NothingAfterTerminal;
import io.sessionevents.local.guarantee.NothingInvented;
import io.sessionevents.local.guarantee.ObservedChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is stopped in the middle and started again loses nothing and repeats nothing. */
class RestartIT {
    private static final long SEED = 42;
    private static final int SESSIONS = 40;

    /** Lives of about ten minutes in half a minute. */
    private static final double COMPRESSION = 25;

    @TempDir
    private Path directory;

    private final Map<SessionKey, Instant> published = new HashMap<>();
    private final SessionFactory factory = new SessionFactory(new Random(SEED), COMPRESSION);

    @Test
    void shouldLoseAndRepeatNothingWhenStoppedAndStartedWithTheSameAndWithAWipedDirectory()
            throws IOException, InterruptedException {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            Instant stopped;
            try (var _ = RunningService.start(environment, Map.of())) {
                publish(environment, publisher, SESSIONS / 2);
                events.awaitThat(event -> event.sequence() >= 3);
                stopped = Instant.now();
            }
            publish(environment, publisher, SESSIONS / 4);
            awaitTrueChangesSince(environment, stopped);
            Duration downtime;
            try (var _ = RunningService.start(environment, Map.of())) {
                downtime = Duration.between(stopped, Instant.now());
                publish(environment, publisher, SESSIONS / 4);
                awaitEventsSince(events, Instant.now(), 10);
                stopped = Instant.now();
            }
            delete(directory.resolve("state"));
            try (var _ = RunningService.start(environment, Map.of())) {
                Duration again = Duration.between(stopped, Instant.now());
                downtime = downtime.compareTo(again) > 0 ? downtime : again;
                await().atMost(Duration.ofSeconds(90)).until(() -> ended(events) == SESSIONS);
            }
            judge(environment, events, downtime.plusSeconds(2));
        }
    }

    private void judge(LocalEnvironment environment, Events events, Duration observableAfter) {
        var everyChange = new EveryChangeReported(observableAfter, Instant.now(), published, false);
        var truth = environment.emr().truth();
        List<Guarantee> guarantees = List.of(
                everyChange,
                new NoDuplicates(),
                new InOrderPerSession(),
                new NothingAfterTerminal(),
                new NothingInvented());

        assertThat(everyChange.observable(truth)).hasSizeGreaterThanOrEqualTo(SESSIONS);
        for (Guarantee guarantee : guarantees) {
            assertThat(guarantee.violations(truth, events.all()))
                    .as("seed %d: %s", SEED, guarantee)
                    .isEmpty();
        }
    }

    private void publish(LocalEnvironment environment, Publisher publisher, int count) {
        for (int i = 0; i < count; i++) {
            Instant now = Instant.now();
            SimulatedSession session = factory.living(now);
            environment.emr().add(session);
            published.put(session.key(), now);
            publisher.publish(session.key());
        }
    }

    private static void awaitTrueChangesSince(LocalEnvironment environment, Instant since) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> environment.emr().truth().sessions().values().stream()
                                .flatMap(List::stream)
                                .filter(phase -> phase.from().isAfter(since)
                                        && phase.from().isBefore(Instant.now()))
                                .count()
                        > 20);
    }

    private static void awaitEventsSince(Events events, Instant since, int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> events.all().stream()
                                .filter(event -> event.observedAt().isAfter(since))
                                .count()
                        > count);
    }

    private static long ended(Events events) {
        return events.all().stream()
                .filter(ObservedChange::terminal)
                .map(ObservedChange::key)
                .distinct()
                .count();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
