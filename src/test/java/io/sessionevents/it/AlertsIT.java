package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sessionevents.local.command.campaign.AlertCampaign;
import io.sessionevents.local.judge.AlertPlan;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Verdict;
import io.sessionevents.local.judge.consumer.ObservedAlert;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.AlertWorld;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts, from the crossing of a threshold to those who are told. */
class AlertsIT {
    private static final long SEED = 42;
    private static final AlertPlan PLAN =
            new AlertPlan(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1), 1000);

    @TempDir
    private Path directory;

    /** The short form of {@code campaign alerts}: the sessions live for seconds, however long a restart takes. */
    @Test
    @Tag("campaign")
    void shouldTellEachCrossingOnceThoughTheServiceIsKilled() throws Exception {
        var out = new StringWriter();
        var run = new Run(new PrintWriter(out, true), directory, SEED);

        Campaign.Result result = new AlertCampaign(AlertCampaign.Plan.SHORT).run(run);

        assertThat(result.verdict().violations()).as(out + result.table()).isEmpty();
    }

    /** The judge notices an alert that is never cleared, and by the alerts alone. */
    @Test
    void shouldBeFoundOutWhereAClearanceIsLost() throws Exception {
        Map<String, String> settings = new HashMap<>(AlertWorld.keys(PLAN));
        settings.put("kafka.producer.interceptor.classes", LostClearance.class.getName());
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var workload = Workload.of(environment, SEED, 1)) {
            environment.kafka().createTopic(LostClearance.BIN, 1, Map.of());
            try (var _ = RunningService.quick(environment, settings)) {
                Instant begin = Instant.now();
                workload.track(workload.sessions()
                        .wobbling()
                        .then("IDLE", begin)
                        .then("BUSY", begin.plusSeconds(5))
                        .then("TERMINATED", begin.plusSeconds(15)));
                workload.flush();
                await().until(() -> environment.events().stream().anyMatch(ObservedChange::terminal));
            }

            Verdict verdict = new Evidence(
                            environment.emr().truth(),
                            workload.asked(),
                            Told.of(environment.events()).alerting(environment.alerts()),
                            List.of(),
                            Instant.now(),
                            Evidence.Limits.OF_A_FLEET.withAlerts(PLAN))
                    .judge(EnumSet.complementOf(EnumSet.of(
                            Promise.TOLD_IN_TIME, Promise.NOBODY_STARVES, Promise.EVERY_ENDED_SESSION_SETTLED)));
            assertThat(verdict.broken()).containsExactly("alert wrong", "alert untrue");
        }
    }

    @Test
    void shouldReachAWebhookByTheRecipeOfTheDocumentation() throws Exception {
        Optional<List<String>> python = DocumentedConsumer.Client.PYTHON.command();
        Assumptions.assumeTrue(python.isPresent(), "not on this machine: what the recipe needs");
        Map<String, String> settings = new HashMap<>(AlertWorld.keys(PLAN));
        settings.put("alert.starting.after", "1 ms");
        List<String> posts = new CopyOnWriteArrayList<>();
        HttpServer webhook = webhook(posts);
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var workload = Workload.of(environment, SEED, 1);
                var _ = RunningService.quick(environment, settings);
                var consumer = DocumentedConsumer.start(
                        Path.of("docs/alerts.md"),
                        DocumentedConsumer.Client.PYTHON,
                        python.orElseThrow(),
                        environment,
                        List.of("http://127.0.0.1:" + webhook.getAddress().getPort() + "/alerts"),
                        directory)) {
            SessionKey key = crossing(workload);
            await().until(() -> posts.size() >= 2 || !consumer.alive());

            assertThat(consumer.alive()).as(consumer.printed()).isTrue();
            assertThat(posts)
                    .hasSize(2)
                    .allMatch(post -> post.contains("\"key\": \"" + key + "/IDLE/2") && post.contains("user/analyst"));
            assertThat(posts.getFirst()).containsPattern("RAISED IDLE " + key + " \\d+ of 1 seconds");
            assertThat(posts.getLast()).contains("CLEARED IDLE " + key + " STATE_LEFT");
            assertThat(environment.alerts()).extracting(ObservedAlert::kind).contains("STARTING");
            assertThat(tail(environment))
                    .contains("STARTING 1", "IDLE 1", "RAISED", "CLEARED", "state left", key.toString());
        } finally {
            webhook.stop(0);
        }
    }

    /** Not running for a moment, idle, and at work for good. */
    private static SessionKey crossing(Workload workload) {
        Instant begin = Instant.now();
        SessionKey key = workload.track(workload.sessions()
                        .wobbling()
                        .then("STARTING", begin)
                        .then("IDLE", begin.plusSeconds(3))
                        .then("BUSY", begin.plusSeconds(6)))
                .key();
        workload.flush();
        return key;
    }

    /** Fails at first, as webhooks do. */
    private static HttpServer webhook(List<String> posts) throws Exception {
        var failures = new AtomicInteger(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/alerts", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean fails = failures.getAndDecrement() > 0;
            exchange.sendResponseHeaders(fails ? 503 : 204, -1);
            exchange.close();
            if (!fails) {
                posts.add(body);
            }
        });
        server.start();
        return server;
    }

    private static String tail(LocalEnvironment environment) {
        List<String> command = new ArrayList<>(List.of("tail", "--alerts", "--from-beginning", "--until-now"));
        environment.settings().forEach((name, value) -> command.addAll(List.of("-X", name + "=" + value)));
        return Commands.run(0, command);
    }
}
