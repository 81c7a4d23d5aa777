package io.sessionevents.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A sweep under way: one listing of one application, page by page; immutable.
 *
 * @param query of the page that is next
 * @param began when its first page was asked for
 * @param metOnPages ids of the sessions that had not ended, for each page so far
 * @param found whether there was anything on them that was not known
 */
public record Sweep(ListingQuery query, Instant began, List<Set<String>> metOnPages, boolean found) {
    /** No account has so many sessions; an endpoint that never ends a listing is broken. */
    static final int MOST_PAGES = 10_000;

    public Sweep {
        metOnPages = List.copyOf(metOnPages);
    }

    /** Of the sessions that have not ended. */
    static Sweep steady(ApplicationKey application, Instant now) {
        return new Sweep(new ListingQuery(application, true, null, null), now, List.of(), false);
    }

    /** Of all sessions that were created after that moment, those that have ended included. */
    static Sweep complete(ApplicationKey application, Instant createdAfter, Instant now) {
        return new Sweep(new ListingQuery(application, false, createdAfter, null), now, List.of(), false);
    }

    Sweep with(List<SessionSummary> page, boolean news) {
        List<Set<String>> all = new ArrayList<>(metOnPages);
        all.add(page.stream()
                .filter(session -> !session.state().terminal())
                .map(session -> session.key().sessionId())
                .collect(Collectors.toUnmodifiableSet()));
        return new Sweep(query, began, all, found || news);
    }

    /** Pages so far. */
    int pages() {
        return metOnPages.size();
    }

    /** Ids of the sessions on the pages so far that had not ended. */
    Set<String> met() {
        return metOnPages.stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /** Goes on with the next page. */
    Sweep to(String nextToken) {
        return new Sweep(query.next(nextToken), began, metOnPages, found);
    }

    /** The clock was set by that much. */
    Sweep clockSet(Duration by) {
        return new Sweep(query, began.plus(by), metOnPages, found);
    }

    /** Whether that token leads on: not where it came from, and not for ever. */
    boolean leadsOn(String nextToken) {
        return pages() < MOST_PAGES && !nextToken.equals(query.nextToken());
    }
}
