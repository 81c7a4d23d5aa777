package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.LookupWeights;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Computes the table of docs/operations.md with the real queue and the real budget. */
class OperationsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/operations.md");
    private static final String BEGIN = "<!-- intervals -->\n";
    private static final String END = "<!-- /intervals -->";
    private static final double RATE = 9.5;
    private static final Duration MINIMUM = Duration.ofSeconds(2);
    private static final List<Integer> FLEETS = List.of(10, 25, 50, 100, 250, 500, 1000);

    /** Ten sessions of the fleet: six idle, three busy, one on its way. */
    private static final List<SessionState> MIX = List.of(
            SessionState.IDLE,
            SessionState.BUSY,
            SessionState.IDLE,
            SessionState.STARTING,
            SessionState.IDLE,
            SessionState.BUSY,
            SessionState.IDLE,
            SessionState.IDLE,
            SessionState.BUSY,
            SessionState.IDLE);

    private static final class Looks {
        private final double weight;
        private int count;
        private long first;
        private long last;

        private Looks(double weight) {
            this.weight = weight;
        }

        private void lookAt(long nanos) {
            first = count == 0 ? nanos : first;
            last = nanos;
            count++;
        }
    }

    @Test
    void shouldShowTheIntervalsThatTheServiceKeeps() throws IOException, InterruptedException {
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        int to = document.indexOf(END);
        var table = new StringBuilder(
                "\n| sessions | IDLE | STARTED, BUSY | SUBMITTED, STARTING, TERMINATING |\n|---|---|---|---|\n");
        for (int sessions : FLEETS) {
            table.append(row(sessions));
        }
        table.append("\n");
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(DOCUMENT, document.substring(0, from) + table + document.substring(to));
        }

        assertThat(Files.readString(DOCUMENT))
                .as(
                        "docs/operations.md is stale; renew it with ./mvnw test -Dtest=OperationsDocumentTest -Dupdate.docs=true")
                .contains(BEGIN + table + END);
    }

    private static String row(int sessions) throws InterruptedException {
        Map<SessionKey, Looks> fleet = new HashMap<>();
        var simulation = new ScheduleSimulation(RATE, MINIMUM, (key, now) -> {
            Looks looks = requireNonNull(fleet.get(key));
            looks.lookAt(now);
            return looks.weight;
        });
        for (int i = 0; i < sessions; i++) {
            var key = new SessionKey("app", "s" + i);
            double weight = LookupWeights.SWEPT.of(MIX.get(i % MIX.size()));
            fleet.put(key, new Looks(weight));
            simulation.track(key, weight);
        }
        simulation.run(Duration.ofSeconds(Math.max(300, sessions * 3L)));
        return String.format(
                Locale.ROOT,
                "| %d | %.1f | %.1f | %.1f |%n",
                sessions,
                meanSeconds(fleet, SessionState.IDLE),
                meanSeconds(fleet, SessionState.BUSY),
                meanSeconds(fleet, SessionState.STARTING));
    }

    private static double meanSeconds(Map<SessionKey, Looks> fleet, SessionState state) {
        return fleet.values().stream()
                .filter(looks -> looks.weight == LookupWeights.SWEPT.of(state))
                .mapToDouble(looks -> (looks.last - looks.first) / 1e9 / (looks.count - 1))
                .average()
                .orElseThrow();
    }
}
