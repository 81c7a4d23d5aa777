package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.BudgetNeverExceeded;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.SweptWorld;
import io.sessionevents.local.scenario.workload.Applications;
import io.sessionevents.local.simulator.Operation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same sessions twice, at the same time: in one world nobody sweeps, in the other somebody does. All sessions are published one
 * by one in both, so that nothing else is different.
 */
public record SweepsCampaign(List<Plan> plans) implements Campaign {
    private static final double GET_SESSION = 9.5;
    private static final double LIST_SESSIONS = 0.95;
    private static final double LIST_APPLICATIONS = 0.2;
    private static final Duration SPREAD = Duration.ofMinutes(1);

    /** Rounds of looks in which the service comes to know all sessions, and to its pace. */
    private static final int ROUNDS_TO_WARM_UP = 3;

    private static final Duration WARM_UP = Duration.ofMinutes(2);

    /** Rounds of looks after the end in which the last states are seen. */
    private static final int ROUNDS_AFTER = 2;

    /** Lives go on for longer than anybody looks. */
    private static final Duration BEYOND = Duration.ofMinutes(10);

    private static final Set<Promise> PROMISES =
            Promise.alwaysAnd(Promise.EVERY_CHANGE_REPORTED, Promise.NONE_GIVEN_UP);

    /** By how many standard errors figures that are the same may differ. */
    private static final double CHANCE = 2;

    public SweepsCampaign {
        plans = List.copyOf(plans);
    }

    /**
     * What is tried, and what is allowed.
     *
     * @param sessions in each application
     * @param measured how long
     * @param lag mean lag with sweeps, as a share of that without; 1: not more, but for chance
     * @param missed share of the states missed, likewise
     */
    public record Plan(int applications, int sessions, Duration measured, double lag, double missed) {

        /**
         * Of a fleet.
         *
         * @param text such as 40x25: applications, and sessions in each
         */
        static Plan parse(String text, Duration measured) {
            String[] parts = text.split("x", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("'" + text + "', expected applications and sessions such as 40x25");
            }
            int applications = Integer.parseInt(parts[0]);
            int sessions = Integer.parseInt(parts[1]);
            return switch (text) {
                case "40x25" -> new Plan(applications, sessions, measured, 0.45, 0.55);
                case "8x25" -> new Plan(applications, sessions, measured, 0.40, 1);
                default -> new Plan(applications, sessions, measured, 1, 1);
            };
        }

        String name() {
            return applications + " × " + sessions;
        }

        private Duration rounds(int count) {
            return Duration.ofMillis((long) (1_000 * count * applications * sessions / GET_SESSION));
        }

        Duration warmUp() {
            Duration rounds = rounds(ROUNDS_TO_WARM_UP);
            return SPREAD.plus(rounds.compareTo(WARM_UP) > 0 ? rounds : WARM_UP);
        }

        Duration after() {
            return rounds(ROUNDS_AFTER).plusSeconds(10);
        }
    }

    @Override
    public Result run(Run run) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (Plan plan : plans) {
            rows.addAll(run(plan, run));
        }
        return Result.of(rows);
    }

    private static List<Row> run(Plan plan, Run run) throws IOException, InterruptedException {
        try (var without = SweptWorld.start(setting(plan, "without", 0), run);
                var with = SweptWorld.start(setting(plan, "with", LIST_SESSIONS), run)) {
            Instant begin = Instant.now().plusSeconds(1);
            Instant from = begin.plus(plan.warmUp());
            var measured = new Interval(from, from.plus(plan.measured()));
            Instant until = measured.to().plus(plan.after());
            for (SweptWorld world : List.of(without, with)) {
                world.applications()
                        .endless(plan.sessions(), Applications.Lives.USUAL, begin, SPREAD, until.plus(BEYOND));
            }
            await(begin.plus(SPREAD));
            without.publishSessions();
            with.publishSessions();
            run.say("%s sessions, seed %d: warm-up until %s, measured until %s, over at %s"
                    .formatted(plan.name(), run.seed(), from, measured.to(), until));
            await(until);
            return rows(plan, without, with, measured);
        }
    }

    private static SweptWorld.Setting setting(Plan plan, String sweeps, double listSessions) {
        String name = plan.applications() + "x" + plan.sessions() + "-" + sweeps + "-sweeps";
        return new SweptWorld.Setting(name, plan.applications(), GET_SESSION, listSessions, Map.of());
    }

    private static void await(Instant time) throws InterruptedException {
        Duration rest = Duration.between(Instant.now(), time);
        Poll.pause(rest.isPositive() ? rest : Duration.ZERO);
    }

    private static List<Row> rows(Plan plan, SweptWorld without, SweptWorld with, Interval measured) {
        Instant until = Instant.now();
        SweptWorld.Seen off = without.seen(measured, until);
        SweptWorld.Seen on = with.seen(measured, until);
        return List.of(
                compared(
                        plan.name() + ": mean lag, without and with sweeps",
                        "s",
                        plan.lag(),
                        new Figure(off.lag().mean(), off.lag().standardError()),
                        new Figure(on.lag().mean(), on.lag().standardError()),
                        "%d and %d changes"
                                .formatted(
                                        off.lag().sorted().size(),
                                        on.lag().sorted().size())),
                compared(
                        plan.name() + ": share of states missed, without and with sweeps",
                        "%",
                        plan.missed(),
                        new Figure(
                                100 * off.missed().share(), 100 * off.missed().standardError()),
                        new Figure(100 * on.missed().share(), 100 * on.missed().standardError()),
                        "of %d and %d"
                                .formatted(off.missed().states(), on.missed().states())),
                busiest(plan, "without", off, 0, 0),
                busiest(plan, "with", on, LIST_SESSIONS, LIST_APPLICATIONS),
                promises(plan, "without", without, off, until),
                promises(plan, "with", with, on, until));
    }

    /** @param error by how much the value may be off by chance */
    private record Figure(double value, double error) {
        @Override
        public String toString() {
            return "%.2f ± %.2f".formatted(value, error);
        }
    }

    private static Row compared(String what, String unit, double allowed, Figure off, Figure on, String of) {
        double ratio = off.value() == 0 ? (on.value() == 0 ? 1 : Double.POSITIVE_INFINITY) : on.value() / off.value();
        boolean noWorse = on.value() - off.value() <= CHANCE * Math.hypot(on.error(), off.error());
        boolean kept = allowed < 1 ? ratio <= allowed : noWorse;
        return Row.of(
                what,
                allowed < 1
                        ? "ratio at most %.2f".formatted(allowed)
                        : "ratio at most 1, but for %.0f standard errors".formatted(CHANCE),
                "%s and %s %s (%s), ratio %.2f".formatted(off, on, unit, of, ratio),
                kept);
    }

    private static Row busiest(
            Plan plan, String sweeps, SweptWorld.Seen seen, double listSessions, double listApplications) {
        var getSession = new BudgetNeverExceeded(GET_SESSION);
        var sessions = new BudgetNeverExceeded(Operation.LIST_SESSIONS, listSessions);
        var applications = new BudgetNeverExceeded(Operation.LIST_APPLICATIONS, listApplications);
        List<String> violations = new ArrayList<>(getSession.violations(seen.truth(), List.of()));
        if (listSessions > 0) {
            violations.addAll(sessions.violations(seen.truth(), List.of()));
            violations.addAll(applications.violations(seen.truth(), List.of()));
        } else if (!seen.truth().listings().isEmpty()) {
            violations.add("asked for lists: " + seen.truth().listings().getFirst());
        }
        return new Row(
                "%s, %s sweeps: most GetSession, ListSessions and ListApplications requests in any second"
                        .formatted(plan.name(), sweeps),
                listSessions > 0
                        ? "at most %d, %d, %d"
                                .formatted(getSession.allowed(), sessions.allowed(), applications.allowed())
                        : "at most %d, 0, 0".formatted(getSession.allowed()),
                "%d, %d, %d; in all %d, %d, %d"
                        .formatted(
                                seen.truth().mostRequestsInAnySecond(),
                                seen.truth().mostRequestsInAnySecond(Operation.LIST_SESSIONS),
                                seen.truth().mostRequestsInAnySecond(Operation.LIST_APPLICATIONS),
                                seen.truth().requests().size(),
                                seen.truth().moments(Operation.LIST_SESSIONS).count(),
                                seen.truth()
                                        .moments(Operation.LIST_APPLICATIONS)
                                        .count()),
                violations);
    }

    private static Row promises(Plan plan, String sweeps, SweptWorld world, SweptWorld.Seen seen, Instant until) {
        var evidence = new Evidence(
                seen.truth(),
                world.workload().asked(),
                Told.of(seen.events()).with(world.environment().deadLetters()),
                List.of(),
                until,
                Evidence.Limits.ofOneInstance(GET_SESSION));
        Row row = Campaign.events(evidence.violations(PROMISES), seen.events().size());
        return new Row(
                "%s, %s sweeps: %s".formatted(plan.name(), sweeps, row.what()),
                row.promised(),
                row.measured(),
                row.violations());
    }
}
