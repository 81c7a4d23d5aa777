package io.sessionevents.tracking;

import io.sessionevents.calls.TaskMailbox;
import io.sessionevents.session.KeyRange;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

    /**
     * Shows some sessions in the order of their keys; what the visitor keeps or deletes meanwhile may be seen or not.
     *
     * @param from the first one, which may be gone; null for the first of all
     * @param enough asked before each but the first
     * @return the one to go on from; null if there is none
     */
    @Nullable
    SessionKey walk(@Nullable SessionKey from, BooleanSupplier enough, Consumer<TrackedSession> visitor) {
        try (KeyValueIterator<SessionKey, TrackedSession> sessions =
                from == null ? store.all() : store.range(from, KeyRange.ALL.to())) {
            boolean first = true;
            while (sessions.hasNext()) {
                if (!first && enough.getAsBoolean()) {
                    return sessions.peekNextKey();
                }
                visitor.accept(sessions.next().value);
                first = false;
            }
            return null;
        }
    }

    /** Stores it; {@link TaskMailbox#kept} is to be told of it by the caller. */
    void put(TrackedSession next) {
        store.put(next.key(), next);
    }

    void delete(SessionKey key) {
        store.delete(key);
    }

    /** @param before null if nothing was kept */
    void keep(@Nullable TrackedSession before, TrackedSession next) {
        put(next);
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

    @Override
    public void close() {
        mailbox.close();
    }
}
