package io.sessionevents.local.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What AWS tells of the usage of a session that has ended.
 *
 * @param shape for people
 * @param touches whether {@code updatedAt} moves with the numbers
 * @param steps oldest first; the first one begins with the end of the session
 */
public record UsageScript(UsageShape shape, boolean touches, List<Step> steps) {

    public UsageScript {
        steps = List.copyOf(steps);
        if (!steps.getFirst().after().isZero()) {
            throw new IllegalArgumentException(
                    "the first step begins " + steps.getFirst().after() + " after the end");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).after().compareTo(steps.get(i - 1).after()) <= 0) {
                throw new IllegalArgumentException(steps.get(i) + " does not come after " + steps.get(i - 1));
            }
        }
    }

    /**
     * From that time after the end until the next step begins.
     *
     * @param fault {@link Fault#NONE}: these are the numbers; {@link Fault#STRANGE_USAGE}: they stand in the answer, and are none;
     *     {@link Fault#VANISHED}: AWS has forgotten the session
     */
    public record Step(Duration after, UsageNumbers numbers, Fault fault) {
        static Step of(Duration after, UsageNumbers numbers) {
            return new Step(after, numbers, Fault.NONE);
        }

        boolean told() {
            return fault == Fault.NONE;
        }
    }

    /**
     * A time in which AWS told the same numbers, however it wrote them.
     *
     * @param from after the end
     * @param to when AWS told others; null: never
     * @param writings of the numbers, in the order in which they were told
     */
    public record Stretch(Duration from, @Nullable Duration to, List<UsageNumbers> writings) {
        public Stretch {
            writings = List.copyOf(writings);
        }

        public UsageNumbers numbers() {
            return writings.getFirst();
        }
    }

    /**
     * All of them, oldest first; what AWS did not tell does not interrupt them. A number that it told counts on where it tells
     * others only; whoever had not heard of it has those.
     */
    public List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        for (Step step : steps) {
            if (step.told()) {
                add(step, stretches);
            }
        }
        return stretches;
    }

    private static void add(Step step, List<Stretch> stretches) {
        UsageNumbers numbers = step.numbers();
        if (!stretches.isEmpty()) {
            Stretch last = stretches.removeLast();
            numbers = numbers.over(last.numbers());
            if (last.numbers().same(numbers)) {
                List<UsageNumbers> writings = new ArrayList<>(last.writings());
                writings.add(numbers);
                stretches.add(new Stretch(last.from(), null, writings));
                return;
            }
            stretches.add(new Stretch(last.from(), step.after(), last.writings()));
        }
        stretches.add(new Stretch(
                step.after(),
                null,
                Stream.of(numbers, step.numbers()).distinct().toList()));
    }

    /** The step of that moment. */
    Step at(Instant end, Instant moment) {
        return steps.get(indexAt(end, moment));
    }

    int indexAt(Instant end, Instant moment) {
        int index = 0;
        while (index + 1 < steps.size()
                && !end.plus(steps.get(index + 1).after()).isAfter(moment)) {
            index++;
        }
        return index;
    }

    /** When the session was updated last, as an answer of that moment says. */
    Instant updatedAt(Instant end, Instant moment) {
        return touches ? end.plus(at(end, moment).after()) : end;
    }

    /** All times at which the session was updated, its end included. */
    public List<Instant> updates(Instant end) {
        return touches ? steps.stream().map(step -> end.plus(step.after())).toList() : List.of(end);
    }
}
