package io.sessionevents.session;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this instance keeps of sessions, and who keeps the others. Asked by many threads, none of them a StreamThread; every
 * method throws {@code UnavailableException} while a start, a rebalance or a restoration is under way.
 */
public interface FleetSessions {

    /**
     * Who keeps a session.
     *
     * @param address where that instance is reached, {@code host:port}
     * @param self whether it is this one
     */
    record Owner(String address, boolean self) {}

    /**
     * The other instances.
     *
     * @param addresses where they are reached, each {@code host:port}
     * @param unassigned partitions that no known instance has
     */
    record Others(List<String> addresses, List<Integer> unassigned) {}

    /** Sessions looked through for one {@link Slice}; it takes a tenth of a second. */
    int MOST_READ = 10_000;

    /**
     * Some sessions.
     *
     * @param sessions in the order of their keys
     * @param readTo no session up to this key, which included, is missing; null if none follows either. Where few are wanted, it may be
     *     far behind the last session
     */
    record Slice(List<TrackedSession> sessions, @Nullable SessionKey readTo) {
        public Slice {
            sessions = List.copyOf(sessions);
        }
    }

    /** Where this instance is reached, {@code host:port}. */
    String instance();

    /** Who keeps that session, or would if it were tracked. */
    Owner owner(SessionKey key);

    /** Every instance but this one. */
    Others others();

    /** That session; null if it is not known. To be asked of its owner only. */
    @Nullable
    TrackedSession own(SessionKey key);

    /**
     * The next wanted sessions of this instance. Looks through {@link #MOST_READ} sessions at most, because what is rare would else cost
     * a walk through a million.
     *
     * @param range looked through in the order of the keys
     * @param limit most sessions that are returned, 1 at least
     */
    Slice own(KeyRange range, Predicate<TrackedSession> wanted, int limit);

    /** Whether sessions of the source of that name are looked up here. */
    boolean reads(String source);
}
