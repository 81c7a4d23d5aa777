package io.sessionevents.local.scenario;

import io.sessionevents.health.Health.Check;
import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.DetectionLag;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.judge.consumer.Watch;
import io.sessionevents.local.scenario.workload.TwinSessions;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.AccessKeys;
import io.sessionevents.local.simulator.AwsAccount;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.LocalSources;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One instance in this process that reads three accounts, each with a budget of its own, and sessions that bear the same ids in
 * all of them.
 *
 * @param sources the default one first
 */
public record SourcesWorld(
        LocalEnvironment environment,
        LocalSources accounts,
        RunningService running,
        List<Source> sources,
        TwinSessions twins,
        Watch watch)
        implements AutoCloseable {
    /** Sessions in each. */
    public static final int SESSIONS = 60;

    /** Of the credentials that STS gives out. */
    public static final Duration LIFETIME = Duration.ofSeconds(20);

    /** Shorter than the default, so that silence is noticed before it is over. */
    private static final String PATIENCE = "2 s";

    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /**
     * One of them.
     *
     * @param budget GetSession calls per second
     * @param workload books of what was published of it
     */
    public record Source(SimulatedEmrServerless emr, double budget, Workload workload) {
        public String name() {
            return emr.account().source();
        }

        Map<String, String> settings() {
            String key = name().equals(SessionKey.DEFAULT_SOURCE) ? "" : "source." + name() + ".";
            return Map.of(key + "budget.get-session", Double.toString(budget));
        }

        /** Share of the budget that was used within that time. */
        public double used(Interval time) {
            return emr.truth().rate(time.from(), time.to()) / budget;
        }

        /** Calls within that time that did not get an honest answer. */
        public long lost(Interval time) {
            return emr.truth().requests().stream()
                    .filter(request -> time.contains(request.at()) && !request.honest())
                    .count();
        }
    }

    /**
     * Starts everything.
     *
     * @param budgets of the sources, in GetSession calls per second
     */
    public static SourcesWorld start(Run run, List<Double> budgets) throws IOException, InterruptedException {
        AccessKeys keys = LocalSources.keysOfHome();
        var options = new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, Faults.NONE);
        var environment = LocalEnvironment.start(0, 0, run.directory(), options.of(AwsAccount.DEFAULT, keys));
        var accounts = LocalSources.start(keys, options, LIFETIME);
        List<SimulatedEmrServerless> endpoints = List.of(environment.emr(), accounts.europe(), accounts.west());
        List<Source> sources = IntStream.range(0, endpoints.size())
                .mapToObj(i -> new Source(
                        endpoints.get(i), budgets.get(i), Workload.at(endpoints.get(i), environment, run.seed())))
                .toList();
        Map<String, String> settings = new HashMap<>(accounts.settings());
        sources.forEach(source -> settings.putAll(source.settings()));
        settings.put("lookup.interval.min", "500 ms");
        settings.put("lookup.timeout", PATIENCE);
        var running = RunningService.start(environment, settings);
        var watch = Watch.start(environment.changes());
        var twins = TwinSessions.start(sources.stream().map(Source::workload).toList(), SESSIONS, PAUSE, run.seed());
        return new SourcesWorld(environment, accounts, running, sources, twins, watch);
    }

    /** The source of that name. */
    public Source source(String name) {
        return sources.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What health says of AWS in that source. */
    public Check health(Source source) {
        String name = source.name().equals(SessionKey.DEFAULT_SOURCE) ? "aws" : "aws " + source.name();
        return running.service().surroundingsChecks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("health says nothing of " + name));
    }

    /** Time from a change to its observation, half of those observed within that time; of one source. */
    public Duration medianLag(Source source, Told told, Interval time) {
        List<ObservedChange> observed = told.in(source.name()).events().stream()
                .filter(event -> time.contains(event.observedAt()))
                .toList();
        return DetectionLag.of(source.emr().truth(), observed).percentile(0.5);
    }

    /** Waits until each of these sources used that share of its budget for a while: whether they did. */
    public boolean steady(List<Source> some, double share, Duration during) throws InterruptedException {
        return Poll.within(Poll.onThisMachine(Duration.ofMinutes(1)), () -> {
            Instant now = Instant.now();
            var last = new Interval(now.minus(during), now);
            return some.stream().allMatch(source -> source.used(last) >= share);
        });
    }

    /** Waits until each living session of these sources was looked at so often again. */
    public void awaitRounds(List<Source> some, int rounds) throws InterruptedException {
        Instant begin = Instant.now();
        for (Source source : some) {
            Poll.await(
                    rounds + " looks at each session of " + source.name(),
                    () -> source.emr().truth().requests().size(),
                    () -> {
                        Map<SessionKey, Integer> looks = source.emr().looksSince(begin);
                        Truth truth = source.emr().truth();
                        Set<SessionKey> ended = truth.endedBy(Instant.now());
                        return truth.sessions().keySet().stream()
                                .filter(key -> !ended.contains(key))
                                .allMatch(key -> looks.getOrDefault(key, 0) >= rounds);
                    });
        }
    }

    /** Ends what goes on, waits for so many looks at each session of these sources, and reads to the end: all that was told. */
    public Told finish(List<Source> looked, int rounds) throws InterruptedException {
        twins.finish();
        awaitRounds(looked, rounds);
        return watch.finish().with(environment.deadLetters());
    }

    @Override
    public void close() throws IOException {
        twins.close();
        watch.close();
        sources.forEach(source -> source.workload().close());
        running.close();
        accounts.close();
        environment.close();
    }
}
