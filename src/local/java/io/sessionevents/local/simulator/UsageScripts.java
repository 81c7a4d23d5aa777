package io.sessionevents.local.simulator;

import io.sessionevents.local.simulator.UsageNumbers.Texts;
import io.sessionevents.local.simulator.UsageScript.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws what AWS tells of the usage of sessions. All is told well before the last look, so that nobody can miss the last numbers.
 *
 * @param last after the end, when somebody looks last; times are shares of it
 * @param settleAfter how long numbers stand before somebody believes in them
 */
public record UsageScripts(RandomGenerator random, Duration last, Duration settleAfter) {
    /** Instead of a number, as they stand in the JSON. */
    private static final List<String> NO_NUMBERS =
            List.of("NaN", "\"NaN\"", "\"Infinity\"", "-1", "-0.001", "1e300", "1e999", "\"abc\"", "[]");

    private static final int MOST_SECONDS = 86_400;

    /** One of that shape. */
    public UsageScript of(UsageShape shape) {
        return new UsageScript(shape, random.nextBoolean(), steps(shape));
    }

    private List<Step> steps(UsageShape shape) {
        UsageNumbers numbers = drawn();
        return switch (shape) {
            case AT_ONCE -> List.of(first(numbers));
            case NEVER, NEVER_RAN -> List.of(first(UsageNumbers.NONE));
            case LATE -> List.of(first(UsageNumbers.NONE), later(0.1, 0.5, numbers));
            case GROWING -> growing(numbers);
            case IN_PARTS -> List.of(first(part(numbers)), later(0.05, 0.5, numbers));
            case DOWN -> List.of(first(more(numbers)), later(0.1, 0.6, numbers));
            case CORRECTED -> List.of(first(numbers), later(0.55, 0.8, corrected(numbers)));
            case CORRECTED_TWICE -> {
                UsageNumbers once = corrected(numbers);
                yield List.of(first(numbers), later(0.4, 0.55, once), later(0.65, 0.8, corrected(once)));
            }
            case BACK_AGAIN -> List.of(first(numbers), later(0.5, 0.6, corrected(numbers)), later(0.65, 0.8, numbers));
            case REWRITTEN -> List.of(first(numbers), later(0.1, 0.5, rewritten(numbers)));
            case FORGOTTEN_BEFORE ->
                List.of(
                        first(random.nextBoolean() ? numbers : UsageNumbers.NONE),
                        new Step(within(settleAfter, 0.3, 0.6), UsageNumbers.NONE, Fault.VANISHED));
            case FORGOTTEN_AFTER ->
                List.of(first(numbers), new Step(within(last, 0.6, 0.9), UsageNumbers.NONE, Fault.VANISHED));
            case STRANGE ->
                List.of(
                        first(UsageNumbers.NONE),
                        new Step(within(last, 0.02, 0.05), strange(numbers), Fault.STRANGE_USAGE),
                        later(0.1, 0.4, numbers));
            case LACKING -> {
                UsageNumbers whole = more(numbers);
                yield List.of(first(numbers), later(0.5, 0.8, new UsageNumbers(whole.billed(), whole.total(), null)));
            }
            case AWAY_AT_LAST ->
                List.of(
                        first(numbers),
                        new Step(within(last, 0.95, 0.97), UsageNumbers.NONE, Fault.VANISHED),
                        later(1.01, 1.03, more(numbers)));
        };
    }

    private List<Step> growing(UsageNumbers from) {
        List<Step> steps = new ArrayList<>(List.of(first(from)));
        UsageNumbers numbers = from;
        for (double share = 0.05; share < 0.5; share += 0.12) {
            numbers = more(numbers);
            steps.add(later(share, share + 0.1, numbers));
        }
        return steps;
    }

    private static Step first(UsageNumbers numbers) {
        return Step.of(Duration.ZERO, numbers);
    }

    private Step later(double from, double to, UsageNumbers numbers) {
        return Step.of(within(last, from, to), numbers);
    }

    /** Whole milliseconds, as AWS's times are. */
    private Duration within(Duration whole, double from, double to) {
        return Duration.ofMillis(Math.max(1, (long) (whole.toMillis() * random.nextDouble(from, to))));
    }

    private UsageNumbers drawn() {
        return new UsageNumbers(hours(), hours(), random.nextLong(MOST_SECONDS));
    }

    private Texts hours() {
        return new Texts(decimals().any(), decimals().any(), decimals().any());
    }

    private Decimals decimals() {
        return new Decimals(random);
    }

    /** One or two of three, and of what ran nothing. */
    private UsageNumbers part(UsageNumbers all) {
        Texts billed = all.billed();
        return new UsageNumbers(
                new Texts(billed.vCPU(), random.nextBoolean() ? billed.memory() : null, null),
                Texts.NONE,
                all.seconds());
    }

    private UsageNumbers more(UsageNumbers numbers) {
        return new UsageNumbers(more(numbers.billed()), more(numbers.total()), numbers.seconds());
    }

    private Texts more(Texts texts) {
        return new Texts(more(texts.vCPU()), more(texts.memory()), more(texts.storage()));
    }

    private @Nullable String more(@Nullable String text) {
        return text == null ? null : decimals().more(text);
    }

    /** Other numbers; now and then only of what ran, so that nothing is billed anew. */
    private UsageNumbers corrected(UsageNumbers numbers) {
        return random.nextInt(4) == 0
                ? new UsageNumbers(numbers.billed(), more(numbers.total()), numbers.seconds())
                : new UsageNumbers(more(numbers.billed()), hours(), numbers.seconds());
    }

    private static UsageNumbers rewritten(UsageNumbers numbers) {
        return new UsageNumbers(rewritten(numbers.billed()), rewritten(numbers.total()), numbers.seconds());
    }

    private static Texts rewritten(Texts texts) {
        return new Texts(rewritten(texts.vCPU()), rewritten(texts.memory()), rewritten(texts.storage()));
    }

    private static @Nullable String rewritten(@Nullable String text) {
        return text == null ? null : Decimals.rewritten(text);
    }

    private UsageNumbers strange(UsageNumbers numbers) {
        String none = NO_NUMBERS.get(random.nextInt(NO_NUMBERS.size()));
        return new UsageNumbers(
                new Texts(numbers.billed().vCPU(), none, numbers.billed().storage()),
                numbers.total(),
                numbers.seconds());
    }
}
