package io.sessionevents.local.scenario;

import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is expected of an instance in trouble and after it. */
public final class Expectations {
    private static final double RATE = OneInstance.RATE;

    private Expectations() {}

    /** Throttling halves the rate, again and again. */
    public static Row halvedRate(OneInstance world, Interval storm) {
        double inStorm = world.rate(within(storm, 5, 30));
        double halved = world.rate(within(storm, 3, 8));
        return Row.of(
                "all throttled: requests per second from the 3rd to the 8th second, and from the 5th to the 30th",
                "at most half of %s".formatted(RATE),
                "%.1f, %.1f".formatted(halved, inStorm),
                Math.max(halved, inStorm) <= RATE / 2);
    }

    private static Interval within(Interval storm, int from, int to) {
        return new Interval(storm.from().plusSeconds(from), storm.from().plusSeconds(to));
    }

    /** It does not stay halved for long. */
    public static Row backSoon(OneInstance world, Interval storm) {
        long back = secondsUntilBack(world, storm.to());
        return Row.of(
                "after the storm: seconds until ten of them used 95 % of the budget",
                "at most 60", Long.toString(back), back <= 60);
    }

    /** Seconds from then to the end of the first ten that used 95 % of the budget. */
    private static long secondsUntilBack(OneInstance world, Instant calm) {
        for (long second = 10; second <= 80; second++) {
            Instant end = calm.plusSeconds(second);
            if (world.rate(new Interval(end.minusSeconds(10), end)) >= 0.95 * RATE) {
                return second;
            }
        }
        return Long.MAX_VALUE;
    }

    /** An outage costs a few calls. */
    public static Expectation spends(Fault how, double allowed) {
        return (world, trouble) -> Row.of(
                "%s for %d s: share of the budget spent"
                        .formatted(how, trouble.length().toSeconds()),
                "below %.0f %%".formatted(100 * allowed),
                spent(world, trouble),
                share(world, trouble) < allowed);
    }

    static double share(OneInstance world, Interval trouble) {
        return world.count(trouble) / (RATE * trouble.length().toSeconds());
    }

    static String spent(OneInstance world, Interval trouble) {
        return "%.1f %% (%d requests)".formatted(100 * share(world, trouble), world.count(trouble));
    }

    /** Nothing is told of which nothing is known; an answer given right before may be observed right after the begin. */
    public static Row noEventsMeanwhile(OneInstance world, Interval outage) {
        long events = eventsWithin(world, new Interval(outage.from().plusSeconds(1), outage.to()));
        return Row.of("events meanwhile", "0", Long.toString(events), events == 0);
    }

    private static long eventsWithin(OneInstance world, Interval time) {
        return world.environment().events().stream()
                .map(ObservedChange::observedAt)
                .filter(at -> at.isAfter(time.from()) && at.isBefore(time.to()))
                .count();
    }

    /** The backlog is worked off at the full rate. */
    public static Row everyoneLookedAt(OneInstance world, Interval outage) {
        Duration caughtUp = caughtUp(world, outage.to());
        Duration promised = world.interval().multipliedBy(2);
        return Row.of(
                "after it: seconds until every session was looked at",
                "at most %.1f, an interval and backlog/rate".formatted(promised.toMillis() / 1000.0),
                "%.1f".formatted(caughtUp.toMillis() / 1000.0),
                caughtUp.compareTo(promised) <= 0);
    }

    /** Time until every session that had not ended was looked at. */
    private static Duration caughtUp(OneInstance world, Instant back) {
        Set<SessionKey> missing = new HashSet<>(world.workload().published().keySet());
        missing.removeAll(world.truth().endedBy(back));
        for (Truth.Request request : world.truth().requests()) {
            if (request.at().isAfter(back) && request.honest() && missing.remove(request.key()) && missing.isEmpty()) {
                return Duration.between(back, request.at());
            }
        }
        return Duration.ofDays(1);
    }

    /** Without a registry, what is known already is enough for the sessions that are tracked. */
    public static Row eventsGoOn(OneInstance world, Interval outage) {
        long events = eventsWithin(world, outage);
        return Row.of(
                "no registry for %d s: events of sessions tracked before"
                        .formatted(outage.length().toSeconds()),
                "they go on",
                events + " events meanwhile",
                events > 0);
    }

    /** What could not be read meanwhile is read when it can be. */
    public static Expectation tracksThoseThatWaited(Troubles.NoRegistry trouble) {
        return (world, outage) -> {
            List<SessionKey> waiting = trouble.waiting();
            Set<SessionKey> reported = world.environment().events().stream()
                    .map(ObservedChange::key)
                    .collect(Collectors.toSet());
            return Row.of(
                    "%d ids published meanwhile under an unknown schema".formatted(waiting.size()),
                    "tracked when it is back",
                    waiting.stream().filter(reported::contains).count() + " tracked",
                    reported.containsAll(waiting));
        };
    }

    /** Nothing was thrown away. */
    public static Expectation noDeadLetters(String what) {
        return (world, trouble) -> {
            int letters = world.environment().deadLetters().size();
            return Row.of(what, "0", Integer.toString(letters), letters == 0);
        };
    }

    /** What was told is true; the promises that always hold, and these. */
    public static Expectation trueEvents(Promise... more) {
        return (world, trouble) -> {
            List<ObservedChange> events = world.environment().events();
            Evidence evidence = world.workload().evidence(events);
            return Campaign.events(evidence.violations(Promise.alwaysAnd(more)), events.size());
        };
    }
}
