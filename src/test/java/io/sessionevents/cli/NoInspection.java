package io.sessionevents.cli;

import io.sessionevents.preflight.CheckOutcome;
import io.sessionevents.session.Session;
import io.sessionevents.session.Sources;
import io.sessionevents.settings.Configuration;
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
    public Sources sources(Configuration configuration, boolean asking) {
        return Sources.ANY;
    }

    @Override
    public Session session(Configuration configuration, SessionName session) {
        throw new AssertionError("nothing is looked up");
    }

    @Override
    public TopologyDescription topology(Configuration configuration) {
        throw new AssertionError("no topology is wanted");
    }
}
