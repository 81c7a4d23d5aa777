package io.sessionevents.session;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the topics hold of one session.
 *
 * @param entries the oldest first
 * @param older how many older entries of the session were read and left out, because there are too many or too large ones
 * @param unread how many of the youngest records in the session's partitions, of whatever session, were not read because the time ran
 *     out; 0 if everything was read that was committed when reading began
 * @param recordsRead of this session and others
 */
public record SessionHistory(SessionKey key, List<HistoryEntry> entries, long older, long unread, long recordsRead) {

    public SessionHistory {
        entries = List.copyOf(entries);
    }

    /** Whether no bound cut it: neither that of time nor that of size. */
    public boolean whole() {
        return older == 0 && unread == 0;
    }

    /** Whether it is known that the topics hold nothing of the session. */
    public boolean unknown() {
        return entries.isEmpty() && whole();
    }

    /** Who the session is, as the youngest entry tells it that does. */
    public Optional<SessionIdentity> identity() {
        return entries.reversed().stream()
                .flatMap(entry -> switch (entry) {
                    case HistoryEntry.Change change ->
                        Stream.of(SessionIdentity.of(change.change().session()));
                    case HistoryEntry.UsageRevision revision ->
                        Stream.of(revision.usage().identity());
                    case HistoryEntry.Alert alert -> Stream.of(alert.alert().identity());
                    case HistoryEntry.Unreadable _ -> Stream.<SessionIdentity>empty();
                })
                .findFirst();
    }

    /**
     * How many changes there were, by their numbers and by those that alerts name, that are not among the entries although none was left
     * out: the topic does not hold them any more, or they cannot be read. A usage revision tells of one change at least. 0 while entries
     * are left out.
     */
    public long missingChanges() {
        if (!whole()) {
            return 0;
        }
        long missing = 0;
        long last = 0;
        long highest = 0;
        long told = 0;
        for (HistoryEntry entry : entries) {
            switch (entry) {
                case HistoryEntry.Change(HistoryEntry.Position _, StateChange change, List<String> _) -> {
                    missing += Math.max(0, change.sequence() - last - 1);
                    last = change.sequence();
                    highest = Math.max(highest, last);
                }
                case HistoryEntry.Alert(HistoryEntry.Position _, SessionAlert alert) ->
                    told = Math.max(told, alert.sequence());
                case HistoryEntry.UsageRevision _ -> told = Math.max(told, 1);
                case HistoryEntry.Unreadable _ -> {}
            }
            if (missing < 0) {
                return Long.MAX_VALUE;
            }
        }
        long behind = Math.max(0, told - highest);
        return missing > Long.MAX_VALUE - behind ? Long.MAX_VALUE : missing + behind;
    }
}
