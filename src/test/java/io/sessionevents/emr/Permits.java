package io.sessionevents.emr;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.CallBudget.Permit;

/** Permits for tests that are not about the budget. */
final class Permits {
    private Permits() {}

    /** One that may be used at once. */
    static Permit one() {
        var budget = new CallBudget(System::nanoTime);
        budget.allow(1e6);
        return requireNonNull(budget.tryAcquire());
    }
}
