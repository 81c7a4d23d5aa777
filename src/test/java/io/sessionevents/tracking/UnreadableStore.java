package io.sessionevents.tracking;

import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store of sessions that cannot be read, as one on a broken disk. */
final class UnreadableStore implements KeyValueStore<SessionKey, TrackedSession> {
    private static IllegalStateException broken() {
        return new IllegalStateException("broken");
    }

    @Override
    public void put(SessionKey key, TrackedSession value) {
        throw broken();
    }

    @Override
    public TrackedSession putIfAbsent(SessionKey key, TrackedSession value) {
        throw broken();
    }

    @Override
    public void putAll(List<KeyValue<SessionKey, TrackedSession>> entries) {
        throw broken();
    }

    @Override
    public TrackedSession delete(SessionKey key) {
        throw broken();
    }

    @Override
    public @Nullable TrackedSession get(SessionKey key) {
        throw broken();
    }

    @Override
    public KeyValueIterator<SessionKey, TrackedSession> range(SessionKey from, SessionKey to) {
        throw broken();
    }

    @Override
    public KeyValueIterator<SessionKey, TrackedSession> all() {
        throw broken();
    }

    @Override
    public long approximateNumEntries() {
        return 0;
    }

    @Override
    public String name() {
        return TrackingTopology.STORE;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
