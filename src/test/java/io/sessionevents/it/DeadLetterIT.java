package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.DeadLetters;
import io.sessionevents.local.LocalEnvironment;
import io.sessionevents.local.emr.SessionFactory;
import io.sessionevents.local.emr.SimulatedEmrServerless;
import io.sessionevents.local.emr.SimulatedSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of an operator do with dead letters. */
class DeadLetterIT {
    @TempDir
    private Path directory;

    @Test
    void shouldListShowAndReplay() throws IOException, InterruptedException {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            var factory = new SessionFactory(new Random(3), 1);
            SimulatedSession late = factory.minimal(factory.key());
            try (var _ = RunningService.start(environment, Map.of())) {
                // Escape sequences that a terminal must not see.
                publisher.publish("key\u001b[31m".getBytes(UTF_8), "nonsense\u0007".getBytes(UTF_8));
                publisher.publish(null, new byte[0]);
                await().until(() -> DeadLetters.all(environment).size() == 2);
            }
            environment.emr().add(late.then("IDLE", Instant.now()));

            String listed = dlq(environment, 0, "ls");
            assertThat(listed).contains("unreadable-text", "empty-value").doesNotContain("\u001b", "\u0007");
            assertThat(dlq(environment, 0, "ls", "--reason", "empty-value", "--output", "json")
                            .lines())
                    .singleElement()
                    .asString()
                    .contains("\"reason\":\"empty-value\"");
            assertThat(dlq(environment, 2, "ls", "--reason", "bad-luck")).contains("bad-luck", "session-not-found");

            String place = listed.lines()
                    .filter(line -> line.contains("unreadable-text"))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst()
                    .orElseThrow();
            assertThat(dlq(environment, 0, "show", place))
                    .contains("header session-events.reason", "0x6e6f6e73656e736507");
            assertThat(dlq(environment, 1, "show", "0:99999")).contains("0:99999");
            assertThat(dlq(environment, 2, "show", "here")).contains("PARTITION:OFFSET");

            assertThat(dlq(environment, 0, "replay", "--dry-run")).contains("Would publish 2 dead letters");
            assertThat(dlq(environment, 0, "replay", "--reason", "empty-value")).contains("Published 1 dead letter");
            publisher.publish(late.key());
            try (var _ = RunningService.start(environment, Map.of())) {
                events.await(late.key(), "IDLE");
                await().until(() -> DeadLetters.all(environment).size() == 3);
            }
            assertThat(DeadLetters.all(environment))
                    .allSatisfy(letter -> assertThat(letter.headers().headers("session-events.reason"))
                            .hasSize(1));
        }
    }

    private static String dlq(LocalEnvironment environment, int exitCode, String... arguments) {
        List<String> all = new ArrayList<>(List.of("dlq"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("-X", "bootstrap.servers=" + environment.kafka().bootstrapServers()));
        return Commands.run(exitCode, all);
    }
}
