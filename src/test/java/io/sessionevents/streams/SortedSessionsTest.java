package io.sessionevents.streams;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.FleetSessions.Slice;
import io.sessionevents.session.KeyRange;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SortedSessionsTest {
    private static final int STORES = 12;

    private final List<NavigableMap<SessionKey, TrackedSession>> stores = new ArrayList<>();
    private int decoded;

    SortedSessionsTest() {
        for (int i = 0; i < STORES; i++) {
            stores.add(new TreeMap<>());
        }
        for (int i = 0; i < 10_000; i++) {
            keep(new SessionKey("app" + i % 10, "s%05d".formatted(i)), i);
        }
    }

    /** A page of ten costs what it shows and one look into each store, not the ten thousand. */
    @Test
    void shouldDecodeHardlyMoreThanItReturns() {
        Slice slice = slice(KeyRange.ALL, session -> true, 10);

        assertThat(slice.sessions()).hasSize(10);
        assertThat(decoded).isLessThanOrEqualTo(11 + STORES);
    }

    @Test
    void shouldWalkThroughAllInOrderAndDecodeEachOnce() {
        List<SessionKey> walked = walk(KeyRange.ALL, session -> true, 100);

        assertThat(walked).isSorted().doesNotHaveDuplicates().hasSize(10_000);
        assertThat(decoded).as("linear").isLessThanOrEqualTo(10_000 + 101 * (1 + STORES));
    }

    @Test
    void shouldStopLookingForWhatIsRare() {
        Slice slice = slice(KeyRange.ALL, session -> session.key().sessionId().equals("s09999"), 10);

        assertThat(slice.sessions()).isEmpty();
        assertThat(slice.readTo()).isNotNull();
        assertThat(decoded).isLessThanOrEqualTo(1_000 + STORES);
        assertThat(walk(KeyRange.ALL, session -> session.key().sessionId().equals("s09999"), 10))
                .containsExactly(new SessionKey("app9", "s09999"));
    }

    @Test
    void shouldLookThroughOneApplicationAlone() {
        var range = new KeyRange(null, new ApplicationKey("default", "app3"));

        List<SessionKey> walked = walk(range, session -> true, 500);

        assertThat(walked).hasSize(1_000).allMatch(key -> key.applicationId().equals("app3"));
        assertThat(decoded).isLessThanOrEqualTo(1_000 + 3 * (1 + STORES));
    }

    @Test
    void shouldPromiseNoneWhereNoneFollows() {
        var range = new KeyRange(null, new ApplicationKey("default", "app3"));

        Slice slice = slice(range, session -> session.key().sessionId().compareTo("s00030") < 0, 3);

        assertThat(slice.sessions()).hasSize(3);
        assertThat(slice.readTo()).isNull();
    }

    @Test
    void shouldKnowThatNothingOfAnApplicationFollows() {
        var application = new ApplicationKey("default", "app3");

        assertThat(new KeyRange(new SessionKey("app3", "zzzz"), application).empty())
                .isFalse();
        assertThat(new KeyRange(new SessionKey("app4", "a"), application).empty())
                .isTrue();
    }

    private List<SessionKey> walk(KeyRange range, Predicate<TrackedSession> wanted, int limit) {
        List<SessionKey> walked = new ArrayList<>();
        for (KeyRange next = range; next != null; ) {
            Slice slice = slice(next, wanted, limit);
            slice.sessions().forEach(session -> walked.add(session.key()));
            next = slice.readTo() == null ? null : new KeyRange(slice.readTo(), range.application());
        }
        return walked;
    }

    private Slice slice(KeyRange range, Predicate<TrackedSession> wanted, int limit) {
        List<KeyValueIterator<SessionKey, TrackedSession>> open = new ArrayList<>();
        stores.forEach(store -> open.add(new Reading(store, range.from(), range.to())));
        return new SortedSessions(open).next(range, wanted, limit, 1_000);
    }

    private void keep(SessionKey key, int number) {
        stores.get(number * 7 % STORES).put(key, TrackedSession.startTracking(key, Map.of(), Instant.EPOCH));
    }

    /** Counts what is decoded. */
    private final class Reading implements KeyValueIterator<SessionKey, TrackedSession> {
        private final Iterator<Map.Entry<SessionKey, TrackedSession>> entries;
        private Map.@Nullable Entry<SessionKey, TrackedSession> next;

        private Reading(
                NavigableMap<SessionKey, TrackedSession> store, @Nullable SessionKey from, @Nullable SessionKey to) {
            var behind = from == null ? store : store.tailMap(from, true);
            var between = to == null ? behind : behind.headMap(to, true);
            entries = between.entrySet().iterator();
            next = entries.hasNext() ? entries.next() : null;
        }

        @Override
        public void close() {
            next = null;
        }

        @Override
        public SessionKey peekNextKey() {
            return requireNonNull(next).getKey();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public KeyValue<SessionKey, TrackedSession> next() {
            var entry = requireNonNull(next);
            next = entries.hasNext() ? entries.next() : null;
            decoded++;
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }
    }
}
