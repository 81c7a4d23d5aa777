package io.sessionevents.cli;

import io.sessionevents.preflight.CheckOutcome;
import io.sessionevents.session.Session;
import io.sessionevents.session.Sources;
import io.sessionevents.settings.Configuration;
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
     * The sources of this configuration.
     *
     * @param asking whether the host and AWS may be asked for their Regions and accounts too, which takes seconds
     */
    Sources sources(Configuration configuration, boolean asking) throws InterruptedException;

    /**
     * Looks a session up, through the client of the service and with its retries.
     *
     * @throws CommandFailedException if there is no session to show; the message is what {@code validate} says of the same
     */
    Session session(Configuration configuration, SessionName session) throws InterruptedException;

    /** The topology; connects to nothing. */
    TopologyDescription topology(Configuration configuration);
}
