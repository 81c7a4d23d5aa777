package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.simulator.UsageNumbers;
import io.sessionevents.local.simulator.UsageNumbers.Texts;
import io.sessionevents.local.simulator.UsageScript;
import io.sessionevents.local.simulator.UsageScript.Step;
import io.sessionevents.local.simulator.UsageShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The session of {@link TwoSessions} that ends: what AWS tells of its usage, and what is right to tell. */
final class SettledUsage {
    static final Instant END = TwoSessions.T0.plusSeconds(180);

    /** When the look came that found the end. */
    static final Instant SEEN = TwoSessions.T0.plusSeconds(183);

    static final UsagePlan PLAN = new UsagePlan(
            List.of(Duration.ofSeconds(10), Duration.ofSeconds(50), Duration.ofSeconds(100)),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));
    static final UsageNumbers EARLY = numbers("0.1", "12.000", "1E-7");
    static final UsageNumbers LATE = numbers("0.3", "12.000", "1E-7");
    static final String END_ID = TwoSessions.RIGHT.get(3).eventId();

    private SettledUsage() {}

    static UsageNumbers numbers(String vCPU, @Nullable String memory, @Nullable String storage) {
        return new UsageNumbers(new Texts(vCPU, memory, storage), new Texts("1", "2", "3"), 120L);
    }

    /** These, each from so many seconds after the end. */
    static UsageScript script(Step... steps) {
        return new UsageScript(UsageShape.CORRECTED, true, Arrays.asList(steps));
    }

    static Step step(int after, UsageNumbers numbers) {
        return new Step(Duration.ofSeconds(after), numbers, Fault.NONE);
    }

    static Truth truth(UsageScript script, List<Truth.Request> looks) {
        return new Truth(TwoSessions.LIVES, Set.of(), looks, List.of(), List.of(), Map.of(TwoSessions.KEY, script));
    }

    /** A look that was answered with the truth, so many seconds after the end. */
    static Truth.Request look(int after) {
        return look(after, Fault.NONE);
    }

    static Truth.Request look(int after, Fault fault) {
        Instant at = END.plusSeconds(after);
        return new Truth.Request(at, TwoSessions.KEY, 200, fault, 4, at.plusMillis(50));
    }

    /** Of early numbers that settle and are corrected after 60 s. */
    static List<ObservedUsage> right() {
        return List.of(
                usage(1, "SETTLED", 30, 3, EARLY, EARLY.billed()),
                usage(2, "CORRECTED", 100, 100, LATE, new Texts("0.2", "0.000", "0E-7")));
    }

    /** @param settled seconds after the end; likewise the other */
    static ObservedUsage usage(
            int revision, String status, int settled, @Nullable Integer since, UsageNumbers numbers, Texts delta) {
        return new ObservedUsage(
                "usage-" + revision,
                TwoSessions.KEY,
                revision,
                status,
                END.plusSeconds(settled),
                since == null ? null : END.plusSeconds(since),
                numbers,
                delta,
                true,
                END_ID);
    }

    static Evidence evidence(Truth truth, List<ObservedUsage> usage, List<Interval> disturbances) {
        return new Evidence(
                truth,
                Evidence.Asked.of(TwoSessions.PUBLISHED),
                Told.of(TwoSessions.RIGHT).using(usage),
                disturbances,
                END.plusSeconds(200),
                Evidence.Limits.OF_A_FLEET.withUsage(PLAN));
    }
}
