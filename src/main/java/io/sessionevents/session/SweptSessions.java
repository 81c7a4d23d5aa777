package io.sessionevents.session;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the sweeps of one application have seen of its sessions, by id; immutable, and gone with the process. An application may have a
 * hundred thousand, of which a page shows fifty, so only the few that were seen last are copied with every page.
 *
 * @param most of them
 * @param recent those that were seen last; what they say counts before what {@code most} says of the same session
 */
public record SweptSessions(Map<String, Swept> most, Map<String, Swept> recent) {
    /** None yet. */
    public static final SweptSessions NONE = new SweptSessions(Map.of(), Map.of());

    private static final int MOST_RECENT = 1000;

    public SweptSessions {
        most = Map.copyOf(most);
        recent = Map.copyOf(recent);
    }

    /**
     * One of them.
     *
     * @param missing whether it was not there any more when it was looked for last
     */
    record Swept(Sighting sighting, Instant createdAt, boolean missing) {
        private boolean living() {
            return !SessionState.of(sighting.rawState()).terminal();
        }

        /** Whether it should have been in a listing of the living that began then. */
        boolean expected(Instant began) {
            return living() && !missing && createdAt.isBefore(began.minus(SweepDetector.YOUNG));
        }

        private Swept gone() {
            return new Swept(sighting, createdAt, true);
        }
    }

    @Nullable
    Swept of(SessionKey key) {
        return of(key.sessionId());
    }

    private @Nullable Swept of(String id) {
        Swept last = recent.get(id);
        return last == null ? most.get(id) : last;
    }

    /** All of them, in any order. */
    Stream<Map.Entry<String, Swept>> all() {
        return Stream.concat(
                recent.entrySet().stream(),
                most.entrySet().stream().filter(session -> !recent.containsKey(session.getKey())));
    }

    private Map<String, Swept> together() {
        Map<String, Swept> all = new HashMap<>(most);
        all.putAll(recent);
        return all;
    }

    SweptSessions with(Map<String, Swept> newer) {
        Map<String, Swept> changed = new HashMap<>(newer);
        changed.entrySet().removeIf(session -> session.getValue().equals(of(session.getKey())));
        if (changed.isEmpty()) {
            return this;
        }
        Map<String, Swept> last = new HashMap<>(recent);
        last.putAll(changed);
        var next = new SweptSessions(most, last);
        return last.size() <= MOST_RECENT ? next : new SweptSessions(next.together(), Map.of());
    }

    /** Those are not there any more; and what no listing shows again is forgotten. */
    SweptSessions without(Set<String> missing, Instant createdBefore) {
        Predicate<Swept> forgotten =
                session -> session.createdAt().isBefore(createdBefore) && (session.missing() || !session.living());
        if (missing.isEmpty() && all().map(Map.Entry::getValue).noneMatch(forgotten)) {
            return this;
        }
        Map<String, Swept> all = together();
        missing.forEach(id -> all.computeIfPresent(id, (same, session) -> session.gone()));
        all.values().removeIf(forgotten);
        return new SweptSessions(all, Map.of());
    }
}
