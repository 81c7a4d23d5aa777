package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.health.Health.Check;
import io.sessionevents.local.command.campaign.LiesCampaign;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Verdict;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.workload.Applications;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.Operation;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that nobody publishes. */
class SweepsIT {
    private static final long SEED = 42;
    private static final double LISTS = 10;
    private static final Map<String, String> SETTINGS = Map.of(
            "budget.list-sessions",
            Double.toString(LISTS),
            "budget.list-applications",
            "5",
            "sweep.complete.interval",
            "2 s",
            "sweep.refused.pause",
            "1 s",
            "discover.interval",
            "1 s");
    private static final String REFUSED = "session_events_aws_refused\\{source=\"default\"\\}";
    private static final String SWEEPS = "session_events_sweeps_total\\{outcome=\"complete\",source=\"default\"\\}";

    @TempDir
    private Path directory;

    /** The short form of {@code campaign lies}. */
    @Test
    @Tag("campaign")
    void shouldKeepEveryPromiseWhileListsLie() throws Exception {
        var out = new StringWriter();
        var run = new Run(new PrintWriter(out, true), directory, SEED);

        Campaign.Result result = LiesCampaign.SHORT.run(run);

        assertThat(result.verdict().violations()).as(out + result.table()).isEmpty();
    }

    /** Not one identifier is published; and what lived and died before the service was there is told of too. */
    @Test
    void shouldTellOfEverySessionOfAnAccountByItself() throws Exception {
        try (var environment = environment();
                var events = new Events(environment)) {
            var applications = Applications.at(environment.emr(), SEED, 3);
            Instant before = Instant.now().minusSeconds(60);
            applications.shortLived(10, before, Duration.ofSeconds(20));
            applications.endless(2, Applications.Lives.USUAL, before, Duration.ofSeconds(1), before.plusSeconds(7200));

            try (var service = RunningService.quick(environment, with("discover", "all"))) {
                await().until(() ->
                        keys(events).size() == applications.sessions().size());
                applications.shortLived(10, Instant.now(), Duration.ofSeconds(2));
                await().until(() ->
                        keys(events).size() == applications.sessions().size());

                assertThat(events.all()).allMatch(ObservedChange::discovered);
                assertThat(service.metric("session_events_applications_swept\\{source=\"default\"\\}"))
                        .isEqualTo(3);
            }
        }
    }

    /** Sweeps that find nothing are written nowhere. */
    @Test
    void shouldWriteNothingWhereNothingChanges() throws Exception {
        try (var environment = environment();
                var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            var applications = Applications.at(environment.emr(), SEED, 2);
            Instant now = Instant.now();
            var never = new Applications.Lives(Duration.ofDays(9), Duration.ofDays(9));
            applications.endless(5, never, now.minusSeconds(120), Duration.ofSeconds(1), now.plusSeconds(600));
            try (var service = RunningService.quick(environment, SETTINGS)) {
                applications.ids().forEach(publisher::publish);
                await().until(() -> keys(events).size() == 10);
                awaitSweeps(service, 10);
                Map<TopicPartition, Long> before = ends(environment);

                awaitSweeps(service, 20);

                assertThat(ends(environment)).isEqualTo(before);
            }
        }
    }

    /** Without the permission lookups go on; with it sweeps do, by themselves. */
    @Test
    void shouldGoOnWithoutListsThatAreRefusedAndWithThemWhenTheyAreNot() throws Exception {
        try (var environment = environment();
                var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            var applications = Applications.at(environment.emr(), SEED, 1);
            Instant now = Instant.now();
            var lives = new Applications.Lives(Duration.ofSeconds(2), Duration.ofSeconds(2));
            applications.endless(2, lives, now, Duration.ofMillis(1), now.plusSeconds(600));
            environment.emr().lists().deny(Operation.LIST_SESSIONS);
            try (var service = RunningService.quick(environment, SETTINGS)) {
                var published = applications.sessions().getFirst().key();
                var found = applications.sessions().getLast().key();
                publisher.publish(published);
                publisher.publish(applications.ids().getFirst());

                await().untilAsserted(() -> assertThat(sweepsDetail(service))
                        .contains("lookups alone go on")
                        .contains("emr-serverless:ListSessions"));
                events.await(published, "BUSY");
                events.await(published, "IDLE");
                assertThat(keys(events)).containsExactly(published.toString());

                environment.emr().lists().permit(Operation.LIST_SESSIONS);
                events.await(found, "IDLE");
                await().untilAsserted(
                                () -> assertThat(sweepsDetail(service)).startsWith("1 application, oldest sweep"));
            }
        }
    }

    /** Where nothing is published, nobody but discovery can tell that the key has expired. */
    @Test
    void shouldTellThatAwsRefusesTheKeyWhereItIsToDiscoverEverything() throws Exception {
        try (var environment = environment();
                var events = new Events(environment)) {
            var applications = Applications.at(environment.emr(), SEED, 1);
            applications.shortLived(1, Instant.now(), Duration.ofSeconds(2));
            environment.emr().behave(Faults.always(Fault.EXPIRED_CREDENTIALS));
            try (var service = RunningService.quick(environment, with("discover", "all"))) {
                await().untilAsserted(() -> assertThat(service.metric(REFUSED)).isEqualTo(1));
                assertThat(check(service, "aws").up()).isFalse();
                assertThat(check(service, "aws").detail()).contains("renew the credentials");
                await().untilAsserted(
                                () -> assertThat(sweepsDetail(service)).startsWith("no application is discovered: "));

                environment.emr().behave(Faults.NONE);
                await().until(() -> keys(events).size() == 1);
                await().untilAsserted(() -> assertThat(service.metric(REFUSED)).isZero());
                assertThat(check(service, "aws").up()).isTrue();
            }
        }
    }

    /** One instance sweeps a source; another goes on when it ends, within the same budget. */
    @Test
    void shouldSweepOnAnotherInstance() throws Exception {
        try (var environment = environment();
                var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            var applications = Applications.at(environment.emr(), SEED, 2);
            Instant now = Instant.now();
            applications.endless(3, Applications.Lives.USUAL, now, Duration.ofSeconds(1), now.plusSeconds(600));
            RunningService one = RunningService.quick(environment, own("one"));
            RunningService two = RunningService.quick(environment, own("two"));
            applications.ids().forEach(publisher::publish);
            await().until(() -> keys(events).size() == 6);
            await().until(() -> sweeping(one) != sweeping(two));
            RunningService left = sweeping(one) ? two : one;
            (left.equals(one) ? two : one).close();

            try (left) {
                await().until(() -> sweeping(left));
                double swept = left.metric(SWEEPS);
                applications.shortLived(5, Instant.now(), Duration.ofSeconds(1));
                await().until(() -> keys(events).size() == 11 && left.metric(SWEEPS) > swept);
            }
            assertThat(new Evidence(
                                    environment.emr().truth(),
                                    Evidence.Asked.of(Map.of()),
                                    Told.of(environment.events()),
                                    List.of(),
                                    Instant.now(),
                                    Evidence.Limits.OF_A_FLEET.withLists(LISTS, 5, Duration.ofMinutes(1)))
                            .judge(Set.of(Promise.LIST_BUDGETS_NEVER_EXCEEDED))
                            .violations())
                    .isEmpty();
        }
    }

    /** The judge notices a discovery that gets lost, and by the end that is not told alone. */
    @Test
    void shouldBeFoundOutWhereADiscoveryIsLost() throws Exception {
        try (var environment = environment();
                var events = new Events(environment)) {
            environment.kafka().createTopic(LostDiscovery.BIN, 1, Map.of());
            var applications = Applications.at(environment.emr(), SEED, 2);
            Instant now = Instant.now();
            Map<String, String> settings = new HashMap<>(with("discover", "all"));
            settings.put("kafka.producer.interceptor.classes", LostDiscovery.class.getName());
            try (var _ = RunningService.quick(environment, settings)) {
                applications.shortLived(12, now, Duration.ofSeconds(2));
                await().until(() -> ended(events).size() == 11);
            }

            Verdict verdict = new Evidence(
                            environment.emr().truth(),
                            Evidence.Asked.of(Map.of())
                                    .and(applications.ids().stream()
                                            .collect(Collectors.toMap(Function.identity(), id -> now))),
                            Told.of(environment.events()),
                            List.of(),
                            Instant.now().plusSeconds(60),
                            Evidence.Limits.OF_A_FLEET.withLists(LISTS, 5, Duration.ofSeconds(10)))
                    .judge(Promise.OF_A_FLEET);
            assertThat(verdict.broken()).containsExactly("end untold");
        }
    }

    private LocalEnvironment environment() throws Exception {
        return LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
    }

    private Map<String, String> own(String name) {
        return with("kafka.state.dir", directory.resolve(name).toString());
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put(key, value);
        return settings;
    }

    private static boolean sweeping(RunningService service) {
        return service.metric("session_events_list_sessions_rate\\{source=\"default\"\\}") > 0;
    }

    private static void awaitSweeps(RunningService service, int more) {
        double before = service.metric(SWEEPS);
        await().until(() -> service.metric(SWEEPS) >= before + more);
    }

    private static String sweepsDetail(RunningService service) {
        return check(service, "sweeps").detail();
    }

    private static Check check(RunningService service, String name) {
        return service.service().surroundingsChecks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> ended(Events events) {
        return events.all().stream()
                .filter(ObservedChange::terminal)
                .map(event -> event.key().toString())
                .collect(Collectors.toSet());
    }

    private static Set<String> keys(Events events) {
        return events.all().stream().map(event -> event.key().toString()).collect(Collectors.toSet());
    }

    /** Ends of all partitions but those of Kafka's own topics. */
    private static Map<TopicPartition, Long> ends(LocalEnvironment environment) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", environment.kafka().bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            admin.describeTopics(admin.listTopics().names().get())
                    .allTopicNames()
                    .get()
                    .values()
                    .forEach(topic -> topic.partitions()
                            .forEach(partition -> latest.put(
                                    new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest())));
            return admin.listOffsets(latest).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        }
    }
}
