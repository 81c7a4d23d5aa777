package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Operation;
import io.sessionevents.local.simulator.Truth;
import java.util.List;
import java.util.stream.Stream;

/**
 * In no second were more lists asked for than their budgets allow, each operation by itself.
 *
 * @param sessions ListSessions per second
 * @param applications ListApplications per second
 */
public record ListBudgetsNeverExceeded(double sessions, double applications) implements Guarantee {

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        return Stream.of(
                        new BudgetNeverExceeded(Operation.LIST_SESSIONS, sessions),
                        new BudgetNeverExceeded(Operation.LIST_APPLICATIONS, applications))
                .flatMap(budget -> budget.violations(truth, events).stream())
                .toList();
    }
}
