package io.sessionevents.history;

import io.sessionevents.session.HistoryEntry.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The youngest records of one session, as many as the bounds let. A tombstone takes away what its topic holds of the session, as
 * compaction does. Not for use by several threads.
 */
final class KeptRecords {
    private final Bounds bounds;
    private final Map<String, Deque<Kept>> byTopic = new LinkedHashMap<>();
    private final Map<String, Long> dropped = new LinkedHashMap<>();
    private long count;
    private long bytes;

    /** A record. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Kept(Position position, byte[] value) {}

    KeptRecords(Bounds bounds) {
        this.bounds = bounds;
    }

    /** One more, behind all others of its topic. */
    void add(Kept record) {
        byTopic.computeIfAbsent(record.position().topic(), topic -> new ArrayDeque<>())
                .addLast(record);
        count++;
        bytes += record.value().length;
        while (count > bounds.records() || bytes > bounds.bytes()) {
            Kept oldest = removeOldest();
            dropped.merge(oldest.position().topic(), 1L, Long::sum);
        }
    }

    /** A tombstone. */
    void erase(String topic) {
        Deque<Kept> kept = byTopic.remove(topic);
        dropped.remove(topic);
        if (kept != null) {
            count -= kept.size();
            bytes -= kept.stream().mapToLong(record -> record.value().length).sum();
        }
    }

    /** How many were too many or too large. */
    long older() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** All that are kept, the oldest first; each topic in its own order. They are kept no longer. */
    List<Kept> take() {
        List<Kept> all = new ArrayList<>();
        while (count > 0) {
            all.add(removeOldest());
        }
        return all;
    }

    private Kept removeOldest() {
        Optional<Deque<Kept>> oldest = byTopic.values().stream()
                .filter(kept -> !kept.isEmpty())
                .min(Comparator.comparing(kept -> kept.getFirst().position().writtenAt()));
        Kept record = oldest.orElseThrow().removeFirst();
        count--;
        bytes -= record.value().length;
        return record;
    }
}
