package io.sessionevents.session;

import io.sessionevents.session.HistoryEntry.Position;
import java.util.List;
import java.util.Map;

/** A history for tests, with an entry of each kind. */
public final class HistorySample {
    private HistorySample() {}

    public static SessionHistory of(String text) {
        SessionKey key = SessionKey.parse(text);
        var position = new Position("changes", 3, 7, SessionSample.START);
        return new SessionHistory(
                key,
                List.of(
                        new HistoryEntry.Change(position, change(key)),
                        new HistoryEntry.UsageRevision(
                                position, UsageSample.record(key, Map.of("cost", "42"), Map.of("team", "blue"))),
                        new HistoryEntry.Alert(position, AlertSample.raised(key, null, Map.of("team", "blue"))),
                        new HistoryEntry.Unreadable(position, "why")),
                0,
                0,
                9);
    }

    private static StateChange change(SessionKey key) {
        return new StateChange(
                key,
                1,
                null,
                List.of(SessionState.STARTING),
                SessionSample.START,
                SessionSample.START.plusSeconds(1),
                null,
                Map.of("team", "blue"),
                Origin.PUBLISHED,
                SessionSample.of(key).session());
    }
}
