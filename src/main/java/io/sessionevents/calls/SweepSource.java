package io.sessionevents.calls;

import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.Listing;
import io.sessionevents.session.ListingQuery;

/**
 * What the sweeps of one source need. Nothing of it is shared with another source, or with the lookups of this one.
 *
 * @param name of the source, see {@link io.sessionevents.session.Source}
 * @param sessions ListSessions
 * @param sessionBudget its calls
 * @param applications ListApplications
 * @param applicationBudget its calls
 */
public record SweepSource(
        String name,
        RemoteCall<ListingQuery, Listing> sessions,
        CallBudget sessionBudget,
        RemoteCall<ApplicationsQuery, ApplicationListing> applications,
        CallBudget applicationBudget,
        SweepLimits limits,
        Discovery discovery) {}
