package io.sessionevents.session;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the sweeps of one application have seen of its sessions; immutable, and gone with the process.
 *
 * @param byId sessions by id
 */
public record SweptSessions(Map<String, Swept> byId) {
    /** None yet. */
    public static final SweptSessions NONE = new SweptSessions(Map.of());

    public SweptSessions {
        byId = Map.copyOf(byId);
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
        return byId.get(key.sessionId());
    }

    SweptSessions with(Map<String, Swept> newer) {
        Map<String, Swept> all = new HashMap<>(byId);
        all.putAll(newer);
        return new SweptSessions(all);
    }

    /** Those are not there any more; and what no listing shows again is forgotten. */
    SweptSessions without(Set<String> missing, Instant createdBefore) {
        Map<String, Swept> all = new HashMap<>(byId);
        missing.forEach(id -> all.computeIfPresent(id, (same, session) -> session.gone()));
        all.values()
                .removeIf(session ->
                        session.createdAt().isBefore(createdBefore) && (session.missing() || !session.living()));
        return new SweptSessions(all);
    }

    int living() {
        return (int) byId.values().stream()
                .filter(session -> session.living() && !session.missing())
                .count();
    }
}
