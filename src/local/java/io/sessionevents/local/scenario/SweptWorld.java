package io.sessionevents.local.scenario;

import io.sessionevents.local.judge.DetectionLag;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.MissedStates;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.scenario.workload.Applications;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One instance in this process, with a broker, a registry and an AWS of its own, and applications whose sessions live there. */
public record SweptWorld(
        LocalEnvironment environment, RunningService running, Workload workload, Applications applications)
        implements AutoCloseable {
    private static final Duration LATENCY = Duration.ofMillis(50);

    /**
     * How it is made.
     *
     * @param name of its directory
     * @param applications how many
     * @param getSession calls per second
     * @param listSessions calls per second; 0: no sweeps
     * @param settings of the service, beside the budgets
     */
    public record Setting(
            String name, int applications, double getSession, double listSessions, Map<String, String> settings) {
        private Map<String, String> all() {
            Map<String, String> all = new HashMap<>(settings);
            all.put("budget.get-session", Double.toString(getSession));
            all.put("budget.list-sessions", Double.toString(listSessions));
            return all;
        }
    }

    /** Starts everything; there are no sessions yet. */
    public static SweptWorld start(Setting setting, Run run) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(run.directory().resolve(setting.name()));
        var environment = LocalEnvironment.start(
                0, 0, directory, new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, Faults.NONE));
        var applications = Applications.at(environment.emr(), run.seed(), setting.applications());
        var workload = Workload.of(environment, run.seed(), 1);
        return new SweptWorld(environment, RunningService.start(environment, setting.all()), workload, applications);
    }

    /** Ends the service and starts it again on the same state, with that budget. */
    public SweptWorld restarted(double getSession, Map<String, String> settings) throws IOException {
        running.close();
        Map<String, String> all = new HashMap<>(settings);
        all.put("budget.get-session", Double.toString(getSession));
        return new SweptWorld(environment, RunningService.start(environment, all), workload, applications);
    }

    /** Publishes every session that was made so far, one by one. */
    public void publishSessions() {
        applications.sessions().forEach(session -> workload.publish(session.key()));
        workload.flush();
    }

    /** Publishes the applications, and no session. */
    public void publishApplications() {
        applications.ids().forEach(workload::publishApplication);
        workload.flush();
    }

    public Truth truth() {
        return environment.emr().truth();
    }

    /** What it told of the states that began within that time. */
    public Seen seen(Interval time, Instant until) {
        List<ObservedChange> events = environment.events();
        Truth truth = truth();
        return new Seen(
                DetectionLag.of(truth, events, time), MissedStates.of(truth, events, time, until), events, truth);
    }

    /** That. */
    public record Seen(DetectionLag lag, MissedStates missed, List<ObservedChange> events, Truth truth) {
        public Seen {
            events = List.copyOf(events);
        }
    }

    @Override
    public void close() throws IOException {
        workload.close();
        running.close();
        environment.close();
    }
}
