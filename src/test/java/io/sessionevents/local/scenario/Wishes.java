package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * So many sessions that each would wait long for its next look. The ids of some are published again, and then some new ones: when
 * those were looked at, the wishes must have been heard.
 */
record Wishes(LocalEnvironment environment, Kind kind, Workload workload) implements AutoCloseable {
    private static final int SESSIONS = 500;
    private static final int WISHES = 20;
    private static final int LATER = 4;

    /** A fifth of the sessions, in which a wish that was behind the later ones on its way is heard too. */
    private static final int LOOKS = 100;

    static Wishes start(LocalEnvironment environment, Kind kind) {
        var random = new Random(kind.name().hashCode());
        return new Wishes(environment, kind, new Workload(environment, Mutant.topic("ids", kind), random, 1));
    }

    Evidence evidence() throws InterruptedException {
        Instant begin = Instant.now();
        List<SessionKey> all = track(SESSIONS);
        awaitLooks(begin, all);
        List<SessionKey> wanted = lastLookedAt(all);
        Instant wish = Instant.now();
        wanted.forEach(workload::publish);
        workload.flush();
        List<SessionKey> later = track(LATER);
        awaitLooks(wish, later);
        awaitSomeLooks(Instant.now(), all);
        var asked = new Evidence.Asked(
                Map.of(), Map.of(), wanted.stream().collect(Collectors.toMap(Function.identity(), key -> wish)), 0);
        return new Evidence(
                environment.emr().truth(),
                asked,
                Told.of(List.of()),
                List.of(),
                Instant.now(),
                Evidence.Limits.OF_A_FLEET);
    }

    /** Those whose ordinary turn is the farthest: on a busy machine many looks are made before a wish is read. */
    private List<SessionKey> lastLookedAt(List<SessionKey> keys) {
        Set<SessionKey> candidates = Set.copyOf(keys);
        return environment.emr().truth().requests().reversed().stream()
                .map(Truth.Request::key)
                .filter(candidates::contains)
                .distinct()
                .limit(WISHES)
                .toList();
    }

    /** Returns when the broker has them. */
    private List<SessionKey> track(int count) {
        SessionFactory sessions = workload.sessions();
        List<SessionKey> keys = Stream.generate(
                        () -> sessions.minimal(sessions.key()).then("IDLE", Instant.now()))
                .limit(count)
                .map(session -> workload.track(session).key())
                .toList();
        workload.flush();
        return keys;
    }

    /** Until each of them was looked at. */
    private void awaitLooks(Instant since, List<SessionKey> keys) throws InterruptedException {
        Set<SessionKey> wanted = Set.copyOf(keys);
        Poll.await(
                kind + " looks at " + keys.size(),
                () -> looked(since, wanted).size(),
                () -> looked(since, wanted).size() == wanted.size());
    }

    /** Until so many of them were looked at. */
    private void awaitSomeLooks(Instant since, List<SessionKey> keys) throws InterruptedException {
        Set<SessionKey> wanted = Set.copyOf(keys);
        Poll.await(
                LOOKS + " looks",
                () -> looked(since, wanted),
                () -> looked(since, wanted).size() >= LOOKS);
    }

    private Map<SessionKey, Integer> looked(Instant since, Set<SessionKey> wanted) {
        Map<SessionKey, Integer> looks = environment.emr().looksSince(since);
        looks.keySet().retainAll(wanted);
        return looks;
    }

    @Override
    public void close() {
        workload.close();
    }
}
