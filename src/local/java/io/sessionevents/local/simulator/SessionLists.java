package io.sessionevents.local.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sessions of an application as ListSessions knows them, those that have ended included. Safe for use by many threads. */
record SessionLists(Map<SessionKey, SimulatedSession> sessions) {
    static final List<String> STATES =
            List.of("SUBMITTED", "STARTING", "STARTED", "IDLE", "BUSY", "TERMINATING", "FAILED", "TERMINATED");

    /** @param stale whether each is told as it was one state ago */
    ListPage page(String applicationId, ListQuery query, Instant now, boolean stale) {
        Stream<ListPage.Item> wanted = sessions.values().stream()
                .filter(session -> session.key().applicationId().equals(applicationId))
                .flatMap(session -> Stream.ofNullable(item(session, query, now, stale)));
        return ListPage.of(wanted, query);
    }

    /** Null if it is not there, or not wanted. */
    private static ListPage.@Nullable Item item(SimulatedSession session, ListQuery query, Instant now, boolean stale) {
        int present = session.phaseAt(now);
        if (present < 0) {
            return null;
        }
        int shown = stale ? Math.max(0, present - 1) : present;
        List<Phase> life = session.phases();
        String state = life.get(shown).state();
        Instant createdAt = life.getFirst().from();
        if (!query.wants(state, createdAt)) {
            return null;
        }
        String position = "%02d|%015d|%s"
                .formatted(
                        query.group(state),
                        createdAt.toEpochMilli(),
                        session.key().sessionId());
        return new ListPage.Item(position, session, session.summary(shown));
    }
}
