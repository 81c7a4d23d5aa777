package io.sessionevents.session;

import io.sessionevents.session.SweptSessions.Swept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows from one page of a sweep. Pure: the same arguments, the same step. A listing shows half of a session, perhaps an
 * old half, and perhaps not all of them, so it only asks for lookups:
 *
 * <ol>
 *   <li>what a summary shows that was not known wakes a lookup; it is never an event itself;
 *   <li>a session that is absent is woken once, and never ends by that;
 *   <li>a page that failed changes nothing, and the listing begins again;
 *   <li>that there is no next page does not prove that all were shown: what was absent and is back is no news;
 *   <li>an item that cannot be read is left out, and its page counts;
 *   <li>what is {@link #YOUNG} is not absent, because listings lag behind;
 *   <li>an item with an older {@code updatedAt} comes from a replica that lags: it counts for nothing. An equal one with another state counts;
 *   <li>an item that comes twice, or on two pages, is no difference;
 *   <li>a listing that is refused leaves everything to the lookups.
 * </ol>
 */
public final class SweepDetector {
    /** Listings may lag behind a start for that long. */
    static final Duration YOUNG = Duration.ofSeconds(60);

    /** Complete listings overlap by that, so that each session is on several: one that broke off without saying so hides none for good. */
    static final Duration OVERLAP = Duration.ofMinutes(30);

    /** What follows from the answer to the next page of a sweep. */
    public SweepStep decide(
            Sweep sweep, SweptSessions kept, SweptApplication application, Discovery discovery, Listing answer) {
        return switch (answer) {
            case Listing.Page page -> read(sweep, kept, application, discovery, page);
            case Lookup.NotFound() -> new SweepStep.Unknown("AWS does not know the application " + application.key());
            case Lookup.Refused(Lookup.Refusal why, String message) ->
                switch (why) {
                    case ACCESS_DENIED -> new SweepStep.Refused(message);
                    case VALIDATION -> new SweepStep.Unknown(message);
                };
            case Lookup.Unavailable(Lookup.Trouble why, String message) ->
                switch (why) {
                    case CIRCUIT_OPEN, CREDENTIALS, CLOCK_SKEW, THROTTLED -> new SweepStep.Broken(message, true);
                    case TRANSIENT, FOREIGN, MALFORMED -> new SweepStep.Broken(message, false);
                };
        };
    }

    private static SweepStep read(
            Sweep sweep, SweptSessions kept, SweptApplication application, Discovery discovery, Listing.Page page) {
        String next = page.nextToken();
        if (next != null && !sweep.leadsOn(next)) {
            return new SweepStep.Broken("the listing of " + application.key() + " leads to no end", false);
        }
        List<Request.OfSession> requests = new ArrayList<>();
        Map<String, Swept> seen = new HashMap<>();
        int stale = 0;
        for (SessionSummary item : page.sessions()) {
            String id = item.key().sessionId();
            Swept before = seen.containsKey(id) ? seen.get(id) : kept.of(item.key());
            if (before != null && item.updatedAt().isBefore(before.sighting().updatedAt())) {
                stale++;
                seen.put(id, new Swept(before.sighting(), before.createdAt(), false));
                continue;
            }
            seen.put(id, new Swept(item.sighting(), item.createdAt(), false));
            if (before == null || !before.sighting().equals(item.sighting())) {
                requests.add(request(item, application, discovery));
            }
        }
        Sweep sofar = sweep.with(page.sessions(), !requests.isEmpty());
        SweptSessions known = kept.with(seen);
        if (next != null) {
            return new SweepStep.Read(requests, known, sofar.to(next), false, stale, page.unreadable());
        }
        Set<String> absent = sweep.query().living() ? absent(sofar, known) : Set.of();
        absent.forEach(id -> requests.add(new Request.Wake(application.key().session(id), null)));
        SweptSessions left = known.without(absent, sweep.began().minus(SweptApplication.LONGEST_SESSION.plus(YOUNG)));
        return new SweepStep.Read(requests, left, sofar, true, stale, page.unreadable());
    }

    private static Request.OfSession request(SessionSummary item, SweptApplication application, Discovery discovery) {
        return application.tracked() && discovery.takes(item)
                ? new Request.Discover(item.key(), application.labels(), item.sighting())
                : new Request.Wake(item.key(), item.sighting());
    }

    private static Set<String> absent(Sweep sweep, SweptSessions kept) {
        Set<String> met = sweep.met();
        return kept.all()
                .filter(session -> session.getValue().expected(sweep.began()) && !met.contains(session.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * From when on the sessions of a complete listing were created: since the one before, less {@link #OVERLAP}, however long ago that
     * is, for this service may have been away; and at first, so that all are listed that lived since the service has heard of the
     * application, for AWS may have refused to list it until now.
     *
     * @param before when the one before began; null: there was none. One that is yet to come was told by a clock that was wrong
     * @param since when the service heard of the application
     */
    static Instant createdAfter(@Nullable Instant before, Instant since, Instant now) {
        return before == null || before.isAfter(now)
                ? (since.isBefore(now) ? since : now).minus(SweptApplication.LONGEST_SESSION)
                : before.minus(OVERLAP);
    }
}
