package io.sessionevents.local.command.campaign;

import static java.util.Objects.requireNonNull;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.Verdict;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.SourceTrouble;
import io.sessionevents.local.scenario.SourcesWorld;
import io.sessionevents.local.scenario.SourcesWorld.Source;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Three accounts, and one of them after the other in trouble: the budgets are kept and used each by itself, and the others notice
 * nothing.
 */
public record SourcesCampaign(Plan plan) implements Campaign {
    private static final double USED = 0.95;
    private static final Duration STEADY = Duration.ofSeconds(10);
    private static final Duration BACK = Duration.ofSeconds(5);
    private static final int ROUNDS = 3;

    /** Whatever a fleet is judged by, and by whose credentials each call was made. */
    private static final Set<Promise> PROMISES = Promise.alwaysAnd(
            Promise.EVERY_CHANGE_REPORTED,
            Promise.TOLD_IN_TIME,
            Promise.NOBODY_STARVES,
            Promise.NONE_GIVEN_UP,
            Promise.BUDGET_NEVER_EXCEEDED,
            Promise.EVERY_RECORD_ACCOUNTED,
            Promise.OWN_CREDENTIALS);

    /**
     * What is tried, and what is allowed.
     *
     * @param budgets of the three, in calls per second
     * @param calm before any trouble
     * @param trouble of each kind
     * @param used share of the budget that the others use meanwhile, at least, of that used in calm
     * @param slower how many times as long as in calm their median lag may be
     * @param inRounds whether lags are compared in rounds of looks, which a slow machine makes longer; else in seconds
     */
    public record Plan(
            List<Double> budgets, Duration calm, Duration trouble, double used, double slower, boolean inRounds) {
        /** As many changes as it takes to tell medians apart that differ by a tenth. */
        static final Plan LONG =
                new Plan(List.of(24.0, 20.0, 16.0), Duration.ofMinutes(4), Duration.ofMinutes(1), USED, 1.1, false);

        /** For a build on a machine that may be busy: with smaller budgets, a call that is held up is no call too many. */
        public static final Plan SHORT =
                new Plan(List.of(14.0, 12.0, 10.0), Duration.ofSeconds(15), Duration.ofSeconds(8), 0.8, 2, true);

        public Plan {
            budgets = List.copyOf(budgets);
        }
    }

    @Override
    public Result run(Run run) throws IOException, InterruptedException {
        try (var world = SourcesWorld.start(run, plan.budgets())) {
            List<Row> rows = new ArrayList<>();
            boolean steady = world.steady(world.sources(), USED, STEADY);
            run.say("%d sessions in each of %d sources, steady: %s"
                    .formatted(SourcesWorld.SESSIONS, world.sources().size(), steady));
            Interval calm = pause(plan.calm());
            rows.add(usedInCalm(world, calm, steady));
            Map<SourceTrouble, Interval> troubles = new EnumMap<>(SourceTrouble.class);
            for (SourceTrouble trouble : SourceTrouble.values()) {
                troubles.put(trouble, happen(world, trouble, run, rows));
            }
            List<Source> well = others(world, SourceTrouble.THROTTLED);
            Told told = world.finish(well, ROUNDS);
            troubles.forEach((trouble, lasted) -> others(world, trouble)
                    .forEach(source -> rows.add(untouched(world, told, trouble, lasted, calm, source))));
            rows.addAll(CredentialRows.of(world, requireNonNull(troubles.get(SourceTrouble.THROTTLED))));
            rows.addAll(promises(world, told, troubles).rows());
            return Result.of(rows);
        }
    }

    private static Interval pause(Duration time) throws InterruptedException {
        Instant from = Instant.now();
        Poll.pause(time);
        return new Interval(from, Instant.now());
    }

    private Row usedInCalm(SourcesWorld world, Interval calm, boolean steady) {
        List<Double> used =
                world.sources().stream().map(source -> source.used(calm)).toList();
        return Row.of(
                "share of each budget used in calm",
                "at least %.0f %%%s".formatted(100 * USED, plan.inRounds() ? " of it in some ten seconds" : ""),
                percent(used),
                steady && (plan.inRounds() || used.stream().allMatch(share -> share >= USED)));
    }

    private static String percent(List<Double> shares) {
        return shares.stream()
                .map(share -> "%.1f %%".formatted(100 * share))
                .toList()
                .toString();
    }

    /** When it lasted, the time after it included in which its source came back. */
    private Interval happen(SourcesWorld world, SourceTrouble trouble, Run run, List<Row> rows)
            throws InterruptedException {
        Source ill = world.source(trouble.source());
        Instant from = Instant.now();
        trouble.begin(world);
        boolean named = Poll.within(plan.trouble(), () -> named(world, trouble));
        rows.add(Row.of(
                trouble.what() + ": health",
                "names it, and it alone",
                world.health(ill).detail().replaceAll("[0-9.]+ calls", "… calls"),
                named));
        Duration rest = Duration.between(Instant.now(), from.plus(plan.trouble()));
        Poll.pause(rest.isPositive() ? rest : Duration.ZERO);
        Instant end = Instant.now();
        trouble.end(world);
        boolean back = trouble == SourceTrouble.THROTTLED || world.steady(List.of(ill), plan.used(), BACK);
        run.say("%s for %d s; health names it: %s, back: %s"
                .formatted(trouble.what(), Duration.between(from, end).toSeconds(), named, back));
        if (!back) {
            rows.add(Row.of(trouble.what() + ": afterwards", "it comes back", "it does not", false));
        }
        return new Interval(from, end);
    }

    /** One that is throttled is up, and says that it uses less than its share. */
    private static boolean named(SourcesWorld world, SourceTrouble trouble) {
        boolean othersUp = others(world, trouble).stream()
                .allMatch(source -> world.health(source).up());
        var health = world.health(world.source(trouble.source()));
        return othersUp && (!health.up() || (trouble == SourceTrouble.THROTTLED && usesLess(health.detail())));
    }

    private static boolean usesLess(String detail) {
        String[] words = detail.split(" ", -1);
        return Double.parseDouble(words[0]) < Double.parseDouble(words[words.length - 1]) / 2;
    }

    private static List<Source> others(SourcesWorld world, SourceTrouble trouble) {
        return world.sources().stream()
                .filter(source -> !source.name().equals(trouble.source()))
                .toList();
    }

    private Row untouched(
            SourcesWorld world, Told told, SourceTrouble trouble, Interval lasted, Interval calm, Source other) {
        double before = lag(world, told, calm, other);
        double during = lag(world, told, lasted, other);
        double share = other.used(lasted) / other.used(calm);
        long lost = other.lost(lasted);
        return Row.of(
                "%s: median lag of %s, share of its calls, calls lost".formatted(trouble.what(), other.name()),
                "at most %.1f times that in calm, at least %.0f %%, 0".formatted(plan.slower(), 100 * plan.used()),
                "%.2f %s after %.2f, %.0f %%, %d"
                        .formatted(during, plan.inRounds() ? "rounds" : "s", before, 100 * share, lost),
                during <= before * plan.slower() && share >= plan.used() && lost == 0);
    }

    private double lag(SourcesWorld world, Told told, Interval time, Source source) {
        double seconds = world.medianLag(source, told, time).toMillis() / 1000.0;
        return plan.inRounds() ? seconds * source.used(time) * source.budget() / SourcesWorld.SESSIONS : seconds;
    }

    /** Each source by the log of its own endpoint; nothing disturbs it but its own trouble. */
    private static Verdict promises(SourcesWorld world, Told told, Map<SourceTrouble, Interval> troubles) {
        Verdict verdict = new Verdict(List.of());
        for (Source source : world.sources()) {
            List<Interval> disturbances = troubles.entrySet().stream()
                    .filter(trouble -> trouble.getKey().source().equals(source.name()))
                    .map(Map.Entry::getValue)
                    .toList();
            var evidence = new Evidence(
                    source.emr().truth(),
                    source.workload().asked(),
                    told.in(source.name()),
                    disturbances,
                    Instant.now(),
                    Evidence.Limits.ofOneInstance(source.budget()));
            verdict = verdict.and(evidence.judge(PROMISES));
        }
        int known = world.sources().stream()
                .mapToInt(source -> told.in(source.name()).events().size())
                .sum();
        return verdict.and(new Verdict(List.of(Row.of(
                "events of no source",
                "0",
                Integer.toString(told.events().size() - known),
                known == told.events().size()))));
    }
}
