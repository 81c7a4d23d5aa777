package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.Poll;
import io.sessionevents.local.command.campaign.SourcesCampaign;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.simulator.AccessKeys;
import io.sessionevents.local.simulator.AwsAccount;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.simulator.StsCall;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.LocalSources;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several accounts, whose sessions bear the same ids: none is taken for another, and none suffers from another. */
class SourcesIT {
    private static final long SEED = 42;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    /** The short form of {@code campaign sources}. */
    @Test
    @Tag("campaign")
    void shouldKeepEveryPromiseInEachSourceWhileAnotherIsInTrouble() throws IOException, InterruptedException {
        var out = new StringWriter();
        var run = new Run(new PrintWriter(out, true), directory, SEED);

        Campaign.Result result = new SourcesCampaign(SourcesCampaign.Plan.SHORT).run(run);

        assertThat(result.verdict().violations()).as(out + result.table()).isEmpty();
    }

    @Test
    void shouldTrackTheSessionOfAnUnknownAccountWhenItsSourceIsAddedAndItsLetterReplayed() throws Exception {
        AccessKeys keys = LocalSources.keysOfHome();
        var endpoint = SimulatedEmrServerless.Options.UNLIMITED;
        try (var environment = LocalEnvironment.start(0, 0, directory, endpoint.of(AwsAccount.DEFAULT, keys));
                var accounts = LocalSources.start(keys, endpoint, Duration.ofMinutes(15));
                var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            environment.emr().add(session(AwsAccount.DEFAULT, "BUSY"));
            SimulatedSession abroad = session(LocalSources.EUROPE, "IDLE");
            accounts.europe().add(abroad);
            try (var _ = RunningService.quick(environment, accounts.onlyHome())) {
                Instant published = Instant.now();
                publisher.publish(LocalSources.EUROPE.arn(abroad.key()));
                await().until(() -> !environment.deadLetters().isEmpty());

                ConsumerRecord<byte[], byte[]> letter =
                        environment.deadLetters().getFirst();
                assertThat(letter.headers().lastHeader("session-events.reason").value())
                        .asString(UTF_8)
                        .isEqualTo("unknown-source");
                assertThat(Instant.ofEpochMilli(letter.timestamp()))
                        .isBefore(published.plus(Poll.onThisMachine(AT_ONCE)));
            }
            assertThat(environment.emr().truth().requests())
                    .as("nobody looks for it at home, where there is one of the same ids")
                    .isEmpty();

            assertThat(replay(environment)).contains("Published 1 dead letter to");
            try (var _ = RunningService.quick(environment, accounts.settings())) {
                GenericRecord event = events.await(abroad.key(), "IDLE");

                assertThat(event.get("source")).hasToString("prod-eu");
                assertThat(event.get("accountId")).hasToString(LocalSources.EUROPE.id());
                assertThat(event.get("region")).hasToString(LocalSources.EUROPE.region());
                assertThat(((GenericRecord) event.get("session")).get("arn"))
                        .hasToString(LocalSources.EUROPE.arn(abroad.key()));
            }
            assertThat(events.all()).allMatch(event -> event.key().equals(abroad.key()));
            assertThat(environment.deadLetters()).hasSize(1);
            assertThat(accounts.sts().calls())
                    .as("who asks whose account it is, and who assumes the role")
                    .extracting(StsCall::outcome)
                    .containsOnly(StsCall.GRANTED);
        }
    }

    /** Its sessions wait, are shown, and go on with the next number when it is back; those of the others never notice. */
    @Test
    void shouldLoseNothingOfASourceThatIsRemovedAndAddedAgain() throws Exception {
        AccessKeys keys = LocalSources.keysOfHome();
        var endpoint = SimulatedEmrServerless.Options.UNLIMITED;
        try (var environment = LocalEnvironment.start(0, 0, directory, endpoint.of(AwsAccount.DEFAULT, keys));
                var accounts = LocalSources.start(keys, endpoint, Duration.ofMinutes(15));
                var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            SimulatedSession home = session(AwsAccount.DEFAULT, "BUSY");
            environment.emr().add(home);
            SimulatedSession abroad = session(LocalSources.EUROPE, "IDLE");
            accounts.europe().add(abroad);
            try (var _ = RunningService.quick(environment, accounts.settings())) {
                publisher.publish(LocalSources.EUROPE.arn(abroad.key()));
                publisher.publish(AwsAccount.DEFAULT.arn(home.key()));
                events.await(abroad.key(), "IDLE");
                events.await(home.key(), "BUSY");
            }

            int asked = accounts.europe().truth().requests().size();
            try (var service = RunningService.quick(environment, accounts.onlyHome())) {
                await().until(() ->
                        service.service().statistics().unconfigured().equals(Map.of("prod-eu", 1)));
                abroad.then("BUSY", Instant.now());
                home.then("IDLE", Instant.now());
                events.await(home.key(), "IDLE");

                assertThat(service.service().surroundingsChecks())
                        .filteredOn(check -> check.name().equals("sessions prod-eu"))
                        .singleElement()
                        .satisfies(check -> {
                            assertThat(check.up()).isFalse();
                            assertThat(check.detail()).contains("source not configured: 1 tracked");
                        });
                assertThat(service.metric("session_events_sessions_unconfigured"))
                        .isEqualTo(1);
            }
            assertThat(accounts.europe().truth().requests()).hasSize(asked);
            assertThat(environment.deadLetters()).isEmpty();

            try (var service = RunningService.quick(environment, accounts.settings())) {
                assertThat(events.await(abroad.key(), "BUSY").get("sequence")).isEqualTo(2L);
                assertThat(service.service().statistics().unconfigured()).isEmpty();
            }
        }
    }

    private static SimulatedSession session(AwsAccount account, String state) {
        var factory = new SessionFactory(new Random(SEED), 1, account);
        return factory.full(factory.key()).then(state, Instant.now());
    }

    private static String replay(LocalEnvironment environment) {
        return Commands.run(
                0,
                List.of(
                        "dlq",
                        "replay",
                        "--reason",
                        "unknown-source",
                        "-X",
                        "bootstrap.servers=" + environment.kafka().bootstrapServers()));
    }
}
