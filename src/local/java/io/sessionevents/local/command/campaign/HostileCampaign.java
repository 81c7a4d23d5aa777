package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.workload.HostileInput;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Two instances, a few good sessions among many of which AWS answers nothing but nonsense, and an input topic full of records
 * that are not as they should be: nobody dies, every bad answer and every bad record is accounted for, and the good ones do not
 * notice.
 */
final class HostileCampaign implements AutoCloseable {
    private static final int GOOD = 200;
    private static final int BAD = 20_000;
    private static final double RATE = 1_000;
    private static final double MOST_ROUNDS = 2;

    /** Attempts may be under way while both sides are counted. */
    private static final int UNDER_WAY = 2 * 64;

    private static final String REPLACED = "session_events_stream_threads_replaced_total";
    private static final String WAITING = "session_events_input_waiting";

    private final Run run;
    private final int answers;
    private final int records;
    private final LocalEnvironment environment;
    private final List<RunningService> instances = new ArrayList<>();
    private final Workload good;
    private final HostileInput input;
    private final Set<SessionKey> bad = ConcurrentHashMap.newKeySet();

    private HostileCampaign(Run run, int answers, int records) throws IOException, InterruptedException {
        this.run = run;
        this.answers = answers;
        this.records = records;
        environment = LocalEnvironment.start(0, 0, run.directory(), SimulatedEmrServerless.Options.UNLIMITED);
        environment.emr().behave(nonsense(new Random(run.seed())));
        good = Workload.of(environment, run.seed(), 3);
        input = new HostileInput(environment, run.seed());
    }

    /** Nonsense for the bad sessions; for the others the truth, now and then with the strangest values that AWS allows. */
    private Faults nonsense(Random random) {
        Faults values =
                Faults.drawn(random, 1, Fault.IMPOSSIBLE, Fault.IMPOSSIBLE, Fault.MALFORMED, Fault.WRONG_SESSION);
        Faults pages = Faults.drawn(random, 0.01, Fault.HOSTILE);
        Faults extremes = Faults.drawn(random, 0.25, Fault.EXTREME);
        return key -> {
            if (!bad.contains(key)) {
                return extremes.next(key);
            }
            Fault page = pages.next(key);
            return page == Fault.NONE ? values.next(key) : page;
        };
    }

    /**
     * As long as it takes.
     *
     * @param answers hostile answers at least
     * @param records hostile records
     */
    static Campaign of(int answers, int records) {
        return run -> {
            try (var hostile = new HostileCampaign(run, answers, records)) {
                return hostile.run();
            }
        };
    }

    private Campaign.Result run() throws IOException, InterruptedException {
        for (String name : List.of("one", "two")) {
            instances.add(RunningService.start(environment, settings(name)));
        }
        good.mixed(GOOD);
        publishBad();
        run.say("%d good sessions, %d bad ones".formatted(GOOD, BAD));
        input.publish(records);
        run.say("%d records published, %d of them good"
                .formatted(records, input.tracked().size()));
        Poll.await("hostile answers", this::hostileAnswers, () -> hostileAnswers() >= answers);
        run.say("%d hostile answers".formatted(hostileAnswers()));
        Poll.await(
                "dead letters",
                () -> input.unaccounted().size(),
                () -> input.unaccounted().isEmpty());
        Poll.await("events of published sessions", () -> untold().size(), () -> untold().isEmpty());
        return Campaign.Result.of(List.of(nobodyDied(), answers(), accounted(), longestWaitOfTheGood(), events()));
    }

    private Map<String, String> settings(String name) {
        return Map.of(
                "budget.get-session",
                Double.toString(RATE),
                "lookup.interval.min",
                "1 s",
                "input.schema.patience",
                "5 s",
                "kafka.state.dir",
                environment.directory().resolve(name).toString());
    }

    private void publishBad() {
        try (var nonsense = Workload.of(environment, run.seed() + 1, 1)) {
            SessionFactory sessions = nonsense.sessions();
            for (int i = 0; i < BAD; i++) {
                SimulatedSession session = sessions.full(sessions.key()).then("IDLE", Instant.now());
                bad.add(session.key());
                nonsense.track(session);
            }
            nonsense.flush();
        }
    }

    private long hostileAnswers() {
        return Stream.of(Fault.IMPOSSIBLE, Fault.MALFORMED, Fault.WRONG_SESSION, Fault.HOSTILE)
                .mapToLong(environment.emr()::requests)
                .sum();
    }

    /** Good sessions of the hostile records that have no event yet. */
    private Set<SessionKey> untold() {
        Set<SessionKey> left = new HashSet<>(input.tracked().keySet());
        environment.events().forEach(event -> left.remove(event.key()));
        return left;
    }

    private Row nobodyDied() {
        return Row.of(
                "StreamThreads replaced, instances that ended",
                "0, 0",
                "%.0f, %d".formatted(sum(REPLACED), ended()),
                sum(REPLACED) == 0 && ended() == 0);
    }

    private Row accounted() {
        return Row.of(
                "%d hostile records: dead letters, sessions tracked, records that wait".formatted(records),
                "%d, %d, %d".formatted(input.bad(), input.tracked().size(), input.waiting()),
                "all accounted for, %.0f wait".formatted(sum(WAITING)),
                input.unaccounted().isEmpty() && sum(WAITING) == input.waiting());
    }

    private Row longestWaitOfTheGood() {
        double rounds = new LongestWait(
                        good.published().keySet(), input.tracked().keySet(), GOOD + BAD)
                .inRounds(environment.emr().truth().requests());
        return Row.of(
                "longest wait of a good session between two looks",
                "%.0f rounds".formatted(MOST_ROUNDS),
                "%.2f rounds".formatted(rounds),
                rounds <= MOST_ROUNDS);
    }

    private long ended() {
        return instances.stream()
                .filter(instance -> !instance.service().running())
                .count();
    }

    private Row answers() {
        Truth truth = environment.emr().truth();
        long honest = truth.requests().stream().filter(Truth.Request::honest).count();
        double all = attempts("[a-z-]+");
        double found = attempts("found");
        return Row.of(
                "%d hostile answers, each counted, none believed".formatted(hostileAnswers()),
                "%d answers, %d honest".formatted(truth.requests().size(), honest),
                "%.0f attempts, %.0f of them found a session, %.0f malformed, %.0f foreign"
                        .formatted(all, found, attempts("malformed"), attempts("foreign")),
                Math.abs(all - truth.requests().size()) <= UNDER_WAY && Math.abs(found - honest) <= UNDER_WAY);
    }

    private Row events() {
        List<ObservedChange> events = environment.events();
        Map<SessionKey, Instant> published = new HashMap<>(good.published());
        published.putAll(input.tracked());
        var evidence = Evidence.of(environment.emr().truth(), published, events, Evidence.Limits.OF_A_FLEET);
        List<String> violations =
                new ArrayList<>(evidence.violations(Promise.alwaysAnd(Promise.EVERY_CHANGE_REPORTED)));
        events.stream()
                .filter(event -> bad.contains(event.key()))
                .map(event -> "of nonsense: " + event)
                .forEach(violations::add);
        return Campaign.events(violations, events.size());
    }

    /** Of both instances. */
    private double sum(String series) {
        return instances.stream()
                .mapToDouble(instance -> instance.metric(series))
                .sum();
    }

    private double attempts(String outcome) {
        return sum("session_events_lookup_attempts_total\\{outcome=\"" + outcome + "\"[^}]*}");
    }

    @Override
    public void close() throws IOException {
        good.close();
        for (RunningService instance : instances) {
            instance.close();
        }
        environment.close();
    }
}
