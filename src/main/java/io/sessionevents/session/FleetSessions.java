package io.sessionevents.session;

import java.util.List;
import java.util.function.Consumer;
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
     * Shows the visitor every session of this instance behind that one, in no particular order.
     *
     * @param after null for all of them
     */
    void visitOwn(@Nullable SessionKey after, Consumer<TrackedSession> visitor);

    /** Whether sessions of the source of that name are looked up here. */
    boolean reads(String source);
}
