package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.BudgetNeverExceeded;
import io.sessionevents.local.judge.DetectionLag;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.consumer.Watch;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.SweptWorld;
import io.sessionevents.local.scenario.workload.Applications;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.simulator.Truth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The same living sessions twice, at the same time and with the same budget, which they use up: in one world many sessions have ended,
 * and the looks at their usage are due all the while; in the other there are none. Those that have ended were tracked by the same
 * service before, with a larger budget.
 */
public record SettlingCampaign(Plan plan) implements Campaign {
    private static final double LARGE_BUDGET = 1_000;
    private static final Applications.Lives LIVES =
            new Applications.Lives(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final Duration SPREAD = Duration.ofSeconds(1);
    private static final Duration BEYOND = Duration.ofMinutes(10);
    private static final double LATER = 1.05;
    private static final double USED = 0.94;
    private static final Map<String, String> SETTINGS =
            Map.of("budget.list-sessions", "0", "lookup.interval.min", "1 s", "usage.looks", "90 s, 24 h");

    /** One may be under way when they are counted. */
    private static final double NEARLY_ALL = 0.99;

    /**
     * What is tried.
     *
     * @param settling sessions that have ended, in one world
     * @param living sessions, in both
     * @param budget GetSession calls per second
     * @param warmUp until all that have ended are due, and the service knows those that live
     */
    record Plan(int settling, int living, double budget, Duration warmUp, Duration measured) {
        static final Plan LONG = new Plan(10_000, 600, 60, Duration.ofSeconds(95), Duration.ofSeconds(180));

        /** Rounds of looks after the end in which the last states are seen. */
        private Duration after() {
            return Duration.ofMillis((long) (2_000 * living / budget)).plusSeconds(3);
        }
    }

    @Override
    public Result run(Run run) throws IOException, InterruptedException {
        try (var without = prepared("without", 0, run);
                var with = prepared("with", plan.settling(), run)) {
            return Result.of(rows(with, without, live(with, without, run)));
        }
    }

    /** A service that has seen so many sessions end with a large budget, and goes on with the small one. */
    private SweptWorld prepared(String name, int ended, Run run) throws IOException, InterruptedException {
        var world = SweptWorld.start(new SweptWorld.Setting(name, 1, LARGE_BUDGET, 0, SETTINGS), run);
        try {
            end(world, ended, run);
            return world.restarted(plan.budget(), SETTINGS);
        } catch (IOException | InterruptedException | RuntimeException e) {
            world.close();
            throw e;
        }
    }

    /** Lets the service see that many have ended; the first looks at their usage are due soon. */
    private static void end(SweptWorld world, int count, Run run) throws InterruptedException {
        Instant end = Instant.now();
        SessionFactory factory = world.workload().sessions();
        Set<SessionKey> ended = new HashSet<>();
        for (int i = 0; i < count; i++) {
            SimulatedSession session = factory.full(factory.key()).then("IDLE", end.minusSeconds(3_600));
            ended.add(world.workload().track(session.then("TERMINATED", end)).key());
        }
        world.workload().flush();
        try (var watch = Watch.start(world.environment().changes())) {
            Poll.await("ends told", watch::count, () -> watch.ends(ended) == count);
        }
        run.say("%d ended, after %d s"
                .formatted(count, Duration.between(end, Instant.now()).toSeconds()));
    }

    /** The time that was measured. */
    private Interval live(SweptWorld with, SweptWorld without, Run run) throws InterruptedException {
        Instant begin = Instant.now();
        Instant from = begin.plus(plan.warmUp());
        var measured = new Interval(from, from.plus(plan.measured()));
        for (SweptWorld world : List.of(with, without)) {
            world.applications()
                    .endless(
                            plan.living(),
                            LIVES,
                            begin.minus(SPREAD),
                            SPREAD,
                            measured.to().plus(BEYOND));
            world.publishSessions();
        }
        run.say("%d live in both, %s lookups/s: measured from %s to %s"
                .formatted(plan.living(), plan.budget(), measured.from(), measured.to()));
        Poll.pause(Duration.between(Instant.now(), measured.to().plus(plan.after())));
        return measured;
    }

    private List<Row> rows(SweptWorld with, SweptWorld without, Interval measured) {
        Instant until = Instant.now();
        SweptWorld.Seen on = with.seen(measured, until);
        SweptWorld.Seen off = without.seen(measured, until);
        return List.of(
                settling(with, on.truth(), measured),
                lag(on.lag(), off.lag()),
                used(on.truth(), off.truth(), measured),
                busiest(on.truth(), off.truth(), measured));
    }

    /** They were there all the while, and due: they had their turns, and many wait for theirs. */
    private Row settling(SweptWorld with, Truth truth, Interval measured) {
        Set<SessionKey> ended = truth.endedBy(measured.from());
        long looks = truth.requests().stream()
                .filter(look -> ended.contains(look.key()) && measured.contains(look.at()))
                .count();
        double settling = with.running().metric("session_events_sessions_settling\\{[^}]*}");
        double overdue = with.running().metric("session_events_settling_overdue_seconds\\{[^}]*}");
        return Row.of(
                "sessions that are being settled at the end, and for how long the first of them has been due",
                "%d, all the while".formatted(plan.settling()),
                "%.0f, %.0f s; looked at meanwhile %d".formatted(settling, overdue, looks),
                settling >= NEARLY_ALL * plan.settling() && overdue > 0 && looks > 0);
    }

    private static Row lag(DetectionLag with, DetectionLag without) {
        double ratio = with.mean() / without.mean();
        return Row.of(
                "mean lag of those that live, with and without those that have ended",
                "at most %.2f times".formatted(LATER),
                "%.2f ± %.2f and %.2f ± %.2f s (%d and %d changes), ratio %.3f"
                        .formatted(
                                with.mean(),
                                with.standardError(),
                                without.mean(),
                                without.standardError(),
                                with.sorted().size(),
                                without.sorted().size(),
                                ratio),
                ratio <= LATER);
    }

    private Row used(Truth with, Truth without, Interval measured) {
        double on = with.rate(measured.from(), measured.to()) / plan.budget();
        double off = without.rate(measured.from(), measured.to()) / plan.budget();
        return Row.of(
                "share of the budget used, with and without",
                "at least %.0f %%".formatted(100 * USED),
                "%.1f %%, %.1f %%".formatted(100 * on, 100 * off),
                Math.min(on, off) >= USED);
    }

    /** Within that time, for before it the budget was another. */
    private Row busiest(Truth with, Truth without, Interval measured) {
        var budget = new BudgetNeverExceeded(plan.budget());
        List<Truth> both =
                Stream.of(with, without).map(truth -> within(truth, measured)).toList();
        return new Row(
                "most requests in any second, with and without",
                "at most %d, and more where the machine stood still".formatted(budget.allowed()),
                both.stream().map(Truth::mostRequestsInAnySecond).toList().toString(),
                both.stream()
                        .flatMap(truth -> budget.violations(truth, List.of()).stream())
                        .toList());
    }

    private static Truth within(Truth truth, Interval time) {
        return new Truth(
                truth.sessions(),
                truth.clearingIdleSince(),
                truth.requests().stream()
                        .filter(request -> time.contains(request.at()))
                        .toList(),
                truth.listings(),
                truth.stalls());
    }
}
