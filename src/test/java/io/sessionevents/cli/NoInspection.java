package io.sessionevents.cli;

import io.sessionevents.preflight.CheckOutcome;
import io.sessionevents.session.Lookup;
import io.sessionevents.settings.Configuration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;

/** For commands that have nothing to inspect. */
final class NoInspection implements Inspection {
    @Override
    public void check(Configuration configuration, @Nullable SessionName session, Consumer<CheckOutcome> outcomes) {
        throw new AssertionError("nothing is checked");
    }

    @Override
    public Optional<String> objection(Configuration configuration, SessionName session, boolean asking) {
        return Optional.empty();
    }

    @Override
    public Lookup lookup(Configuration configuration, SessionName session) {
        throw new AssertionError("nothing is looked up");
    }

    @Override
    public TopologyDescription topology(Configuration configuration) {
        throw new AssertionError("no topology is wanted");
    }
}
