package io.sessionevents.calls;

import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.Listing;
import io.sessionevents.session.ListingQuery;
import io.sessionevents.session.SweepStatus;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the task that sweeps a source makes its calls and says how it stands. Used by its StreamThread; never waits. */
public interface SweepDesk extends AutoCloseable {

    SweepLimits limits();

    Discovery discovery();

    /**
     * Asks for a page of sessions if a call can be made now.
     *
     * @param next gives the question; null if there is none
     * @return whether a call is made
     */
    boolean askForSessions(Supplier<@Nullable ListingQuery> next);

    /** The next answer, or null. */
    @Nullable
    Answered<ListingQuery, Listing> sessions();

    /** Asks for a page of applications if a call can be made now; see {@link #askForSessions}. */
    boolean askForApplications(Supplier<@Nullable ApplicationsQuery> next);

    /** The next answer, or null. */
    @Nullable
    Answered<ApplicationsQuery, ApplicationListing> applications();

    /** What is used of the budget of ListSessions at present, in calls per second. */
    double rate();

    /** Says how the sweeps stand, for metrics, health and the API. */
    void report(SweepStatus status);

    /** Ends the calls under way; their answers are dropped. */
    @Override
    void close();
}
