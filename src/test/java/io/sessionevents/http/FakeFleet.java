package io.sessionevents.http;

import io.sessionevents.health.UnavailableException;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.KeyRange;
import io.sessionevents.session.Origin;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sessions by application: those of another one are kept elsewhere. */
final class FakeFleet implements FleetSessions {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Map<SessionKey, TrackedSession> kept = new HashMap<>();
    private final Map<String, String> elsewhere = new HashMap<>();
    private final List<String> addresses = new ArrayList<>();
    private final List<Integer> unassigned = new ArrayList<>();
    private boolean restoring;
    private int mostRead = MOST_READ;

    FakeFleet keep(TrackedSession session) {
        kept.put(session.key(), session);
        return this;
    }

    FakeFleet elsewhere(String applicationId, String address) {
        elsewhere.put(applicationId, address);
        addresses.add(address);
        return this;
    }

    FakeFleet without(int partition) {
        unassigned.add(partition);
        return this;
    }

    FakeFleet restoring() {
        restoring = true;
        return this;
    }

    static TrackedSession session(String key, String state) {
        return new TrackedSession(
                SessionKey.parse(key),
                Map.of(),
                Origin.PUBLISHED,
                NOON,
                null,
                1,
                new TrackedSession.Seen(
                        state, NOON.plusSeconds(1), NOON.plusSeconds(2), NOON, NOON.plusSeconds(1), null, null, null));
    }

    @Override
    public String instance() {
        return "here:1";
    }

    @Override
    public boolean reads(String source) {
        return source.equals(Source.DEFAULT);
    }

    @Override
    public Owner owner(SessionKey key) {
        String address = elsewhere.getOrDefault(key.applicationId(), instance());
        return new Owner(address, address.equals(instance()));
    }

    @Override
    public Others others() {
        return new Others(List.copyOf(addresses), List.copyOf(unassigned));
    }

    @Override
    public @Nullable TrackedSession own(SessionKey key) {
        refuseWhileRestoring();
        return kept.get(key);
    }

    @Override
    public Slice own(KeyRange range, Predicate<TrackedSession> wanted, int limit) {
        refuseWhileRestoring();
        List<TrackedSession> readable = kept.values().stream()
                .filter(session -> range.contains(session.key()))
                .sorted(Comparator.comparing(TrackedSession::key))
                .toList();
        List<TrackedSession> sessions = new ArrayList<>();
        for (int read = 0; read < readable.size(); read++) {
            if (read == mostRead || sessions.size() == limit) {
                return new Slice(sessions, readable.get(read - 1).key());
            }
            if (wanted.test(readable.get(read))) {
                sessions.add(readable.get(read));
            }
        }
        return new Slice(sessions, null);
    }

    /** As a store with many sessions that stops after so many. */
    FakeFleet reading(int most) {
        mostRead = most;
        return this;
    }

    private void refuseWhileRestoring() {
        if (restoring) {
            throw new UnavailableException("restoring", Duration.ofSeconds(5));
        }
    }
}
