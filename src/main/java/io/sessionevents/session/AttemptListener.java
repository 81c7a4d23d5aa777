package io.sessionevents.session;

/** Hears of every single attempt, also of those that a retry makes good. Called on the thread of the lookup. */
@FunctionalInterface
public interface AttemptListener {
    /** @param outcome of the attempt alone */
    void attempted(Lookup outcome);

    /** Both hear of it, this one first. */
    default AttemptListener and(AttemptListener other) {
        return outcome -> {
            attempted(outcome);
            other.attempted(outcome);
        };
    }
}
