package io.sessionevents.local.faults;

import io.sessionevents.local.DeadLetters;
import io.sessionevents.local.emr.Fault;
import io.sessionevents.local.emr.SessionKey;
import io.sessionevents.local.emr.Truth;
import io.sessionevents.local.guarantee.EveryChangeReported;
import io.sessionevents.local.guarantee.EveryChangeReported.TrueState;
import io.sessionevents.local.guarantee.Guarantee;
import io.sessionevents.local.guarantee.InOrderPerSession;
import io.sessionevents.local.guarantee.Interval;
import io.sessionevents.local.guarantee.NoDuplicates;
import io.sessionevents.local.guarantee.NothingAfterTerminal;
import io.sessionevents.local.guarantee.NothingInvented;
import io.sessionevents.local.guarantee.ObservedChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what consumers received with what really happened. Shares no code with the service: it knows the events from the
 * topic and the registry, and the truth from the simulated endpoint.
 *
 * @param disturbances when nothing could be looked at
 * @param until the end of the observation
 */
record Verifier(World world, List<Interval> disturbances, Instant until) {
    /** What an event may take to its consumer, from when it was due. */
    private static final Duration TO_CONSUMER = Duration.ofSeconds(5);

    /** Sessions are looked at every other second or so. */
    private static final Duration LONG = Duration.ofSeconds(30);

    /**
     * Judges.
     *
     * @param received by a consumer of committed events
     * @param uncommitted by one that sees everything
     * @param gracefulOnly whether nothing but graceful stops happened, so that even the latter may see nothing twice
     */
    Verdict judge(
            String name,
            int faults,
            List<Duration> recoveries,
            List<Watch.Received> received,
            List<Watch.Received> uncommitted,
            boolean gracefulOnly,
            List<String> problems,
            String remark)
            throws Exception {
        Truth truth = world.environment().emr().truth();
        List<ObservedChange> events = changes(received);
        var every = new EveryChangeReported(
                world.setting().observableAfter(), until, world.load().published(), false, disturbed(truth));
        List<TrueState> observable = every.observable(truth);
        List<TrueState> missed = every.missed(truth, events);
        List<String> all = new ArrayList<>(problems);
        if (gracefulOnly) {
            new NoDuplicates()
                    .violations(truth, changes(uncommitted)).stream()
                            .map(violation -> "uncommitted reader: " + violation)
                            .forEach(all::add);
        }
        int dead = DeadLetters.all(world.environment()).size();
        if (dead != world.load().poisoned()) {
            all.add("%d dead letters, expected one for each of %d unreadable records"
                    .formatted(dead, world.load().poisoned()));
        }
        all.addAll(new Remains(world.environment()).problems());
        Counter counter = new Counter(truth, events, all);
        int lost = counter.count(lost(missed));
        return new Verdict(
                name,
                faults,
                recoveries.stream().sorted().toList(),
                events.size(),
                observable.size(),
                lost,
                counter.count(new NoDuplicates()),
                counter.count(new InOrderPerSession()),
                counter.count(new NothingInvented()) + counter.count(new NothingAfterTerminal()),
                missed.size() - lost + tooLate(observable, truth, received),
                truth.mostRequestsInAnySecond(),
                all,
                remark);
    }

    /** Counts violations and keeps the first few of each kind for people. */
    private record Counter(Truth truth, List<ObservedChange> events, List<String> examples) {
        private static final int EXAMPLES = 5;

        int count(Guarantee guarantee) {
            List<String> violations = guarantee.violations(truth, events);
            violations.stream().limit(EXAMPLES).forEach(examples::add);
            return violations.size();
        }
    }

    /**
     * Missed states that AWS was asked for, in time to report what it answered, and those that nobody looked at for so long
     * that no load of the machine explains it.
     */
    private Guarantee lost(List<TrueState> missed) {
        return (truth, events) -> missed.stream()
                .filter(state -> asked(truth, state)
                        || state.lasted().without(disturbances).stream()
                                .anyMatch(calm -> calm.length().compareTo(LONG) > 0))
                .map(state -> "missed: %s, asked for at %s, published at %s, calm in %s"
                        .formatted(
                                state,
                                requests(truth, state),
                                world.load().published().get(state.key()),
                                state.lasted().without(disturbances)))
                .toList();
    }

    /** Those during that state, with their status and fault. */
    private static List<String> requests(Truth truth, TrueState state) {
        return truth.requests().stream()
                .filter(request ->
                        request.key().equals(state.key()) && state.lasted().contains(request.at()))
                .map(request -> "%s (%d, %s)".formatted(request.at(), request.status(), request.fault()))
                .toList();
    }

    private boolean asked(Truth truth, TrueState state) {
        return truth.requests().stream()
                .filter(request -> request.honest() && request.key().equals(state.key()))
                .map(Truth.Request::at)
                .filter(state.lasted()::contains)
                .anyMatch(at -> new Interval(at, at.plus(TO_CONSUMER))
                        .without(disturbances)
                        .equals(List.of(new Interval(at, at.plus(TO_CONSUMER)))));
    }

    private java.util.function.Function<SessionKey, List<Interval>> disturbed(Truth truth) {
        Map<SessionKey, List<Interval>> own = ownDisturbances(truth);
        return key -> Stream.concat(disturbances.stream(), own.getOrDefault(key, List.of()).stream())
                .toList();
    }

    /** A session whose call hangs cannot be looked at before that call has ended. */
    private Map<SessionKey, List<Interval>> ownDisturbances(Truth truth) {
        Map<SessionKey, List<Truth.Request>> bySession =
                truth.requests().stream().collect(Collectors.groupingBy(Truth.Request::key));
        Map<SessionKey, List<Interval>> own = new HashMap<>();
        bySession.forEach((key, requests) -> {
            for (int i = 0; i < requests.size(); i++) {
                if (requests.get(i).fault() != Fault.NONE) {
                    Instant end = i + 1 < requests.size() ? requests.get(i + 1).at() : until;
                    own.computeIfAbsent(key, any -> new ArrayList<>())
                            .add(new Interval(requests.get(i).at(), end));
                }
            }
        });
        return own;
    }

    /** States that were reported later than they were due. */
    private static int tooLate(List<TrueState> observable, Truth truth, List<Watch.Received> received) {
        Map<String, Instant> arrivals = new HashMap<>();
        for (Watch.Received one : received) {
            arrivals.putIfAbsent(
                    one.event().key() + one.event().rawState() + one.event().updatedAt(), one.at());
        }
        return (int) observable.stream()
                .filter(state -> {
                    var phase = truth.sessions()
                            .getOrDefault(state.key(), List.of())
                            .get(state.phase());
                    Instant arrival = arrivals.get(state.key() + phase.state() + phase.from());
                    return arrival != null && arrival.isAfter(state.due().plus(TO_CONSUMER));
                })
                .count();
    }

    private static List<ObservedChange> changes(List<Watch.Received> received) {
        return received.stream().map(Watch.Received::event).toList();
    }
}
