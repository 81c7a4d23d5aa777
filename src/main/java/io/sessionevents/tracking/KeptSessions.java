package io.sessionevents.tracking;

import io.sessionevents.calls.TaskMailbox;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one task: what is stored of them, what is remembered of their last lookups, and the mailbox by which they are looked
 * up. Owned by the StreamThread, as long as the task is open.
 */
final class KeptSessions implements AutoCloseable {
    private final KeyValueStore<SessionKey, TrackedSession> store;
    private final TaskMailbox mailbox;
    private final Map<SessionKey, LookupHistory> recently = new HashMap<>();

    KeptSessions(KeyValueStore<SessionKey, TrackedSession> store, TaskMailbox mailbox) {
        this.store = store;
        this.mailbox = mailbox;
    }

    TaskMailbox mailbox() {
        return mailbox;
    }

    @Nullable
    TrackedSession get(SessionKey key) {
        return store.get(key);
    }

    /** Those that are looked up or settled, the longest unseen first; from now on they count. */
    List<TrackedSession> resume() {
        List<TrackedSession> tracked = new ArrayList<>();
        try (KeyValueIterator<SessionKey, TrackedSession> all = store.all()) {
            all.forEachRemaining(entry -> tracked.add(entry.value));
        }
        tracked.removeIf(kept -> !kept.tracked() && !kept.settling());
        tracked.sort(Comparator.comparing(TrackedSession::lastOfUse));
        tracked.forEach(kept -> mailbox.kept(null, kept));
        return tracked;
    }

    /** @param before null if nothing was kept */
    void keep(@Nullable TrackedSession before, TrackedSession next) {
        store.put(next.key(), next);
        mailbox.kept(before, next);
    }

    /** Of the lookups since the task was opened. */
    LookupHistory recent(SessionKey key) {
        return recently.getOrDefault(key, LookupHistory.NOTHING);
    }

    void remember(SessionKey key, LookupHistory recent) {
        recently.put(key, recent);
    }

    /** It is looked up no more; what is stored of it stays. */
    void lookNoMore(SessionKey key) {
        recently.remove(key);
        mailbox.forget(key);
    }

    /** Deletes those that are not looked up, have no settlement that goes on, and were last of use before that. */
    void deleteOlderThan(Instant limit) {
        try (KeyValueIterator<SessionKey, TrackedSession> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<SessionKey, TrackedSession> entry = all.next();
                TrackedSession kept = entry.value;
                boolean settling = kept.settling() && kept.settlement() != null;
                if (!kept.tracked() && !settling && kept.lastOfUse().isBefore(limit)) {
                    store.delete(entry.key);
                }
            }
        }
    }

    @Override
    public void close() {
        mailbox.close();
    }
}
