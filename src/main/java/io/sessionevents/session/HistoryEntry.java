package io.sessionevents.session;

import java.time.Instant;
import java.util.List;

/** One thing that the topics tell of a session. */
public sealed interface HistoryEntry {

    /** Where it is written. */
    Position position();

    /** When it was decided, by the clock of the service; entries of one topic keep the order of the topic all the same. */
    Instant at();

    /**
     * Where a record stands.
     *
     * @param writtenAt timestamp of the record
     */
    record Position(String topic, int partition, long offset, Instant writtenAt) {
        /** Such as: offset 17 of partition 3 of session-usage. */
        @Override
        public String toString() {
            return "offset " + offset + " of partition " + partition + " of " + topic;
        }
    }

    /**
     * A change of state, with its window.
     *
     * @param change as its event tells it: without what was left out there, and without configuration and network
     * @param omitted what was left out there, because the event would have been too large
     */
    record Change(Position position, StateChange change, List<String> omitted) implements HistoryEntry {
        public Change {
            omitted = List.copyOf(omitted);
        }

        /** One of which nothing was left out. */
        public Change(Position position, StateChange change) {
            this(position, change, List.of());
        }

        @Override
        public Instant at() {
            return change.observedAt();
        }
    }

    /** A revision of the settled usage. */
    record UsageRevision(Position position, UsageRecord usage) implements HistoryEntry {
        @Override
        public Instant at() {
            return usage.settledAt();
        }
    }

    /** An alert that was raised or cleared. */
    record Alert(Position position, SessionAlert alert) implements HistoryEntry {
        @Override
        public Instant at() {
            return alert.decidedAt();
        }
    }

    /**
     * A record of the session that cannot be read.
     *
     * @param reason for people; quotes nothing of the record
     */
    record Unreadable(Position position, String reason) implements HistoryEntry {
        @Override
        public Instant at() {
            return position.writtenAt();
        }
    }
}
