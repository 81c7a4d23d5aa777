package io.sessionevents.streams;

import io.sessionevents.session.FleetSessions.Slice;
import io.sessionevents.session.KeyRange;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Merges what several stores read in the order of their keys, and decodes no more of it than it is asked for. */
final class SortedSessions {
    private final PriorityQueue<Next> heads = new PriorityQueue<>(Comparator.comparing(Next::key));

    /** What a store reads next. */
    private record Next(SessionKey key, KeyValueIterator<SessionKey, TrackedSession> store) {}

    /** @param stores each read from the same key on; whoever has opened them closes them */
    SortedSessions(List<KeyValueIterator<SessionKey, TrackedSession>> stores) {
        stores.forEach(this::await);
    }

    private void await(KeyValueIterator<SessionKey, TrackedSession> store) {
        if (store.hasNext()) {
            heads.add(new Next(store.peekNextKey(), store));
        }
    }

    /**
     * The next slice. One session more than fit is looked for, so that none is promised where none follows.
     *
     * @param mostRead sessions looked through at most
     */
    Slice next(KeyRange range, Predicate<TrackedSession> wanted, int limit, int mostRead) {
        List<TrackedSession> sessions = new ArrayList<>();
        SessionKey readTo = null;
        for (int read = 0; !heads.isEmpty(); read++) {
            if (read == mostRead) {
                return new Slice(sessions, readTo);
            }
            TrackedSession session = read();
            if (range.contains(session.key()) && wanted.test(session)) {
                if (sessions.size() == limit) {
                    return new Slice(sessions, sessions.getLast().key());
                }
                sessions.add(session);
            }
            readTo = session.key();
        }
        return new Slice(sessions, null);
    }

    private TrackedSession read() {
        KeyValueIterator<SessionKey, TrackedSession> store = heads.remove().store();
        TrackedSession session = store.next().value;
        await(store);
        return session;
    }
}
