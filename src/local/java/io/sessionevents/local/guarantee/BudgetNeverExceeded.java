package io.sessionevents.local.guarantee;

import io.sessionevents.local.emr.Truth;
import java.util.List;

/**
 * In no second, wherever it begins, were more requests made than the budget and one: a window can catch the first call of
 * a period at one edge and the last at the other.
 */
public record BudgetNeverExceeded(double perSecond) implements Guarantee {

    /** Requests that one second may hold. */
    public int allowed() {
        return (int) Math.floor(perSecond + 1);
    }

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        int most = truth.mostRequestsInAnySecond();
        return most <= allowed()
                ? List.of()
                : List.of(most + " requests in one second, budget " + perSecond + ", allowed " + allowed());
    }
}
