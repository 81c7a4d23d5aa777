package io.sessionevents.cli;

import io.sessionevents.preflight.CheckOutcome;
import io.sessionevents.session.Lookup;
import io.sessionevents.settings.Configuration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;

/** What commands want to know of the service, and of what it needs, without running it. */
public interface Inspection {

    /**
     * Makes every check that {@code run} makes before it starts, and changes nothing.
     *
     * @param session to be looked up too; null for none
     * @param outcomes gets each outcome as soon as there is one
     */
    void check(Configuration configuration, @Nullable SessionName session, Consumer<CheckOutcome> outcomes)
            throws InterruptedException;

    /**
     * Why the session is not looked up with this configuration: its ARN names another Region or account; empty if it is.
     *
     * @param asking whether the host may be asked for its Region too, which takes seconds
     */
    Optional<String> objection(Configuration configuration, SessionName session, boolean asking);

    /** One lookup, through the client of the service and with its retries. */
    Lookup lookup(Configuration configuration, SessionName session) throws InterruptedException;

    /** The topology; connects to nothing. */
    TopologyDescription topology(Configuration configuration);
}
