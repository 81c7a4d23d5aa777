package io.sessionevents.tracking;

import io.sessionevents.calls.LookupListener;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Source;
import io.sessionevents.session.StateChange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A listener that remembers. */
final class HeardTracking implements LookupListener, TrackingListener {
    final List<Lookup> lookups = new CopyOnWriteArrayList<>();
    final List<StateChange> changes = new CopyOnWriteArrayList<>();
    final List<DeadLetterReason> deadLetters = new CopyOnWriteArrayList<>();
    final List<Input> inputs = new CopyOnWriteArrayList<>();
    final AtomicLong waiting = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    private volatile Function<String, @Nullable String> losses = source -> null;

    @Override
    public void lookedUp(Lookup outcome, Duration took) {
        lookups.add(outcome);
    }

    @Override
    public void resultDropped() {
        dropped.incrementAndGet();
    }

    @Override
    public void changed(StateChange change) {
        changes.add(change);
    }

    @Override
    public void deadLettered(DeadLetterReason reason) {
        deadLetters.add(reason);
    }

    @Override
    public void inputRead(Input input) {
        inputs.add(input);
    }

    @Override
    public void waiting(long more) {
        waiting.addAndGet(more);
    }

    @Override
    public void mayAskForLosses(Function<String, @Nullable String> bySource) {
        losses = bySource;
    }

    /** What seems to vanish in the default source. */
    @Nullable
    String massLoss() {
        return losses.apply(Source.DEFAULT);
    }
}
