package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Operation;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * In no second, wherever it begins, were more requests made than the budget and one: a window can catch the first call of
 * a period at one edge and the last at the other.
 */
public record BudgetNeverExceeded(Operation operation, double perSecond) implements Guarantee {
    private static final Duration STALLED_BEFORE = Duration.ofSeconds(2);

    /** Of requests for a session. */
    public BudgetNeverExceeded(double perSecond) {
        this(Operation.GET_SESSION, perSecond);
    }

    /** Requests that one second may hold. */
    public int allowed() {
        return (int) Math.floor(perSecond + 1);
    }

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        return truth
                .seconds(operation)
                .filter(second -> second.requests() > allowed()
                        && second.requests()
                                > allowed(truth.stalled(second.end().minus(STALLED_BEFORE), second.end())))
                .max(Comparator.comparingInt(Truth.Second::requests))
                .map(second -> "%d %s requests in the second until %s, budget %s, allowed %d"
                        .formatted(second.requests(), operation.awsName(), second.end(), perSecond, allowed()))
                .stream()
                .toList();
    }

    /**
     * Where the machine stood still, requests that were sent evenly come in together: as many more as the budget allows in
     * the time that it stood still, in the second itself or right before it. A calm machine gets nothing extra.
     */
    private int allowed(Duration stalled) {
        return (int) Math.floor(perSecond * (1 + stalled.toMillis() / 1000.0) + 1);
    }
}
