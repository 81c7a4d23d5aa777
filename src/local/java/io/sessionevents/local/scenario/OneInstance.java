package io.sessionevents.local.scenario;

import io.sessionevents.SessionEvents;
import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One instance in this process, 9.5 lookups per second, and sessions half of which live and end: what trouble is tried on. */
public record OneInstance(LocalEnvironment environment, RunningService running, Workload workload, int sessions)
        implements AutoCloseable {
    /** Lookups per second. */
    public static final double RATE = 9.5;

    private static final double STEADY = 0.94;
    private static final Duration LATENCY = Duration.ofMillis(50);

    static OneInstance start(int sessions, Run run) throws IOException, InterruptedException {
        var environment = LocalEnvironment.start(
                0, 0, run.directory(), new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, Faults.NONE));
        var running = RunningService.start(environment, Map.of("budget.get-session", Double.toString(RATE)));
        var workload = Workload.of(environment, run.seed(), 2);
        workload.mixed(sessions);
        return new OneInstance(environment, running, workload, sessions);
    }

    /** Waits until the budget is used, or for a minute. */
    public void awaitSteady(Run run) throws InterruptedException {
        boolean steady = Poll.within(
                Duration.ofMinutes(1),
                () -> rate(new Interval(Instant.now().minusSeconds(20), Instant.now())) > STEADY * RATE);
        run.say("%d sessions, %s lookups/s, steady: %s".formatted(sessions, RATE, steady));
    }

    /** Waits until every session was reported once, or for longer than that should take. */
    public void awaitAllSeen(Run run) throws InterruptedException {
        boolean seen = Poll.within(
                interval().multipliedBy(4).plusSeconds(30), () -> reported().size() == sessions);
        run.say("%d sessions, all seen: %s".formatted(sessions, seen));
    }

    /** Time from one look at a session to the next in ordinary times. */
    public Duration interval() {
        return Duration.ofMillis((long) (1000 * sessions / RATE));
    }

    SessionEvents service() {
        return running.service();
    }

    Truth truth() {
        return environment.emr().truth();
    }

    /** How many requests were made within that time. */
    long count(Interval time) {
        return truth().count(time.from(), time.to());
    }

    /** The same, per second. */
    double rate(Interval time) {
        return truth().rate(time.from(), time.to());
    }

    /** The last reported state of each session. */
    Map<SessionKey, String> reported() {
        Map<SessionKey, String> last = new HashMap<>();
        environment.events().forEach(event -> last.put(event.key(), event.rawState()));
        return last;
    }

    @Override
    public void close() throws IOException {
        workload.close();
        running.close();
        environment.close();
    }
}
