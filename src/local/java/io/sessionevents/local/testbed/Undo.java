package io.sessionevents.local.testbed;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Takes back what was started, last first; what fails keeps none of the others from it. */
public final class Undo implements AutoCloseable {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    /** Something was started, and this ends it. */
    public void add(Runnable step) {
        steps.push(step);
    }

    /** Another one takes back what there is so far. */
    public Undo handOver() {
        var other = new Undo();
        other.steps.addAll(steps);
        steps.clear();
        return other;
    }

    @Override
    public void close() {
        RuntimeException first = null;
        while (!steps.isEmpty()) {
            first = taken(steps.pop(), first);
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException taken(Runnable step, @Nullable RuntimeException first) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (first == null) {
                return e;
            }
            first.addSuppressed(e);
        }
        return first;
    }
}
