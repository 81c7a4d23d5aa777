package io.sessionevents.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A sweep under way: one listing of one application, page by page; immutable.
 *
 * @param query of the page that is next
 * @param began when its first page was asked for
 * @param met ids of the sessions on the pages so far that had not ended
 * @param pages so far
 * @param found whether there was anything on them that was not known
 */
public record Sweep(ListingQuery query, Instant began, Set<String> met, int pages, boolean found) {
    /** No account has so many sessions; an endpoint that never ends a listing is broken. */
    static final int MOST_PAGES = 10_000;

    public Sweep {
        met = Set.copyOf(met);
    }

    /** Of the sessions that have not ended. */
    static Sweep steady(ApplicationKey application, Instant now) {
        return new Sweep(new ListingQuery(application, true, null, null), now, Set.of(), 0, false);
    }

    /** Of all sessions that were created after that moment, those that have ended included. */
    static Sweep complete(ApplicationKey application, Instant createdAfter, Instant now) {
        return new Sweep(new ListingQuery(application, false, createdAfter, null), now, Set.of(), 0, false);
    }

    Sweep with(List<SessionSummary> page, boolean news) {
        Set<String> all = new HashSet<>(met);
        page.stream()
                .filter(session -> !session.state().terminal())
                .forEach(session -> all.add(session.key().sessionId()));
        return new Sweep(query, began, all, pages + 1, found || news);
    }

    /** Goes on with the next page. */
    Sweep to(String nextToken) {
        return new Sweep(query.next(nextToken), began, met, pages, found);
    }

    /** The clock was set by that much. */
    Sweep clockSet(Duration by) {
        return new Sweep(query, began.plus(by), met, pages, found);
    }

    /** Whether that token leads on: not where it came from, and not for ever. */
    boolean leadsOn(String nextToken) {
        return pages < MOST_PAGES && !nextToken.equals(query.nextToken());
    }
}
