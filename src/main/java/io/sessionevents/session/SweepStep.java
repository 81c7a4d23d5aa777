package io.sessionevents.session;

import java.util.List;

/** What follows from one answer to a sweep. Handled by {@code switch} without {@code default}. */
public sealed interface SweepStep {

    /**
     * A page was read.
     *
     * @param requests for sessions of which something was seen that was not known, and for those that are absent
     * @param kept what is known from now on
     * @param sweep as it stands now
     * @param whole whether it was the last page, as far as AWS says
     * @param stale items that were older than what was seen before; they count for nothing
     * @param unreadable items that could not be read; they count for nothing
     */
    record Read(
            List<Request.OfSession> requests, SweptSessions kept, Sweep sweep, boolean whole, int stale, int unreadable)
            implements SweepStep {
        public Read {
            requests = List.copyOf(requests);
        }
    }

    /**
     * A page could not be read, which changes nothing: the listing is read again from its first page.
     *
     * @param message for people
     * @param source whether it concerns the whole source, so that the next call would be in vain too
     */
    record Broken(String message, boolean source) implements SweepStep {}

    /**
     * AWS refuses the listing.
     *
     * @param message for people, with the fix
     */
    record Refused(String message) implements SweepStep {}

    /**
     * AWS does not know the application, or rejects its identifier.
     *
     * @param message for people
     */
    record Unknown(String message) implements SweepStep {}
}
