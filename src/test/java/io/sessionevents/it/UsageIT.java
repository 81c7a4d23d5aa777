package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.command.campaign.UsageCampaign;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.UsagePlan;
import io.sessionevents.local.judge.Verdict;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.UsageScripts;
import io.sessionevents.local.simulator.UsageShape;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage of sessions that have ended. */
class UsageIT {
    private static final long SEED = 42;
    private static final int SESSIONS = 6;
    private static final UsagePlan PLAN = new UsagePlan(
            List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
            Duration.ofMillis(500),
            Duration.ZERO);

    @TempDir
    private Path directory;

    /** The short form of {@code campaign usage}. */
    @Test
    @Tag("campaign")
    void shouldSettleAllUsageThoughTheServiceIsKilled() throws Exception {
        var out = new StringWriter();
        var run = new Run(new PrintWriter(out, true), directory, SEED);

        Campaign.Result result = new UsageCampaign(UsageCampaign.Plan.SHORT).run(run);

        assertThat(result.verdict().violations()).as(out + result.table()).isEmpty();
    }

    /** The judge notices a correction that gets lost, and by the numbers alone, for the record before it was right. */
    @Test
    void shouldBeFoundOutWhereACorrectionIsLost() throws Exception {
        Map<String, String> settings = Map.of(
                "kafka.producer.interceptor.classes", LostCorrection.class.getName(),
                "usage.looks", "500 ms, 1 s, 2 s, 4 s",
                "usage.settle.after", "500 ms");
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var workload = Workload.of(environment, SEED, 1)) {
            environment.kafka().createTopic(LostCorrection.BIN, 1, Map.of());
            try (var _ = RunningService.quick(environment, settings)) {
                end(workload);
                await().until(() -> environment.usage().size() == 2 * SESSIONS - 1);
            }

            Verdict verdict = new Evidence(
                            environment.emr().truth(),
                            workload.asked(),
                            Told.of(environment.events()).using(environment.usage()),
                            List.of(),
                            Instant.now().plusSeconds(60),
                            Evidence.Limits.OF_A_FLEET.withUsage(PLAN))
                    .judge(EnumSet.complementOf(EnumSet.of(Promise.TOLD_IN_TIME, Promise.NOBODY_STARVES)));
            assertThat(verdict.broken()).containsExactly("usage untrue");
            assertThat(verdict.count("usage untrue")).isEqualTo(1);
        }
    }

    private static void end(Workload workload) {
        var scripts = new UsageScripts(new Random(SEED), Duration.ofSeconds(4), Duration.ofMillis(500));
        Instant end = Instant.now().plusSeconds(2);
        for (int i = 0; i < SESSIONS; i++) {
            workload.track(workload.sessions()
                    .using(scripts.of(UsageShape.CORRECTED))
                    .then("BUSY", end.minusSeconds(10))
                    .then("TERMINATED", end));
        }
        workload.flush();
    }
}
