package io.sessionevents.local.scenario.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What campaigns compare by: the same sessions with the same lives at two endpoints. */
class ApplicationsTest {
    private static final Instant T0 = Instant.parse("2026-11-23T09:00:00Z");
    private static final Duration SPREAD = Duration.ofMinutes(1);

    @Test
    void shouldLiveTheSameLivesTwiceByTheSameSeed() throws IOException {
        assertThat(endless(7, 10)).isEqualTo(endless(7, 10)).isNotEqualTo(endless(8, 10));
    }

    @Test
    void shouldBeBusyAndIdleInTurnForAsLongAsIsMeantInTheMean() throws IOException {
        List<List<Phase>> lives = endless(1, 50).stream().map(Life::phases).toList();
        List<Double> busy = new ArrayList<>();
        List<Double> idle = new ArrayList<>();
        lives.forEach(life -> {
            for (int i = 0; i + 1 < life.size(); i++) {
                assertThat(life.get(i).state()).isNotEqualTo(life.get(i + 1).state());
                Duration length =
                        Duration.between(life.get(i).from(), life.get(i + 1).from());
                (life.get(i).state().equals("BUSY") ? busy : idle).add(length.toMillis() / 1000.0);
            }
        });

        assertThat(lives).hasSize(150).allSatisfy(life -> {
            assertThat(life.getFirst().from()).isBetween(T0, T0.plus(SPREAD));
            assertThat(life.getLast().terminal()).isFalse();
        });
        assertThat(busy).hasSizeGreaterThan(2_000);
        assertThat(mean(busy)).isCloseTo(60, within(5.0));
        assertThat(mean(idle)).isCloseTo(180, within(15.0));
    }

    @Test
    void shouldLiveShortLivesAndEnd() throws IOException {
        try (var emr =
                SimulatedEmrServerless.start(InstantSource.fixed(T0), SimulatedEmrServerless.Options.UNLIMITED)) {
            var applications = Applications.at(emr, 1, 20);
            applications.shortLived(500, T0, SPREAD);

            assertThat(applications.sessions()).hasSize(500).allSatisfy(session -> {
                List<Phase> life = session.phases();
                assertThat(life.getLast().terminal()).isTrue();
                assertThat(Duration.between(
                                life.getFirst().from(), life.getLast().from()))
                        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
            });
            assertThat(applications.sessions().stream()
                            .map(session -> session.key().applicationId())
                            .collect(Collectors.toSet()))
                    .isEqualTo(java.util.Set.copyOf(applications.ids()))
                    .hasSize(20);
        }
    }

    private record Life(SessionKey key, List<Phase> phases) {
        static Life of(SimulatedSession session) {
            return new Life(session.key(), session.phases());
        }
    }

    private static List<Life> endless(long seed, int each) throws IOException {
        try (var emr =
                SimulatedEmrServerless.start(InstantSource.fixed(T0), SimulatedEmrServerless.Options.UNLIMITED)) {
            var applications = Applications.at(emr, seed, 3);
            applications.endless(each, Applications.Lives.USUAL, T0, SPREAD, T0.plus(Duration.ofHours(2)));
            return applications.sessions().stream().map(Life::of).toList();
        }
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
