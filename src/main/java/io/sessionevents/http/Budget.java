package io.sessionevents.http;

import java.time.Duration;
import java.util.Map;

/**
 * How the call budget is spent at this moment.
 *
 * @param budget calls per second of the whole fleet
 * @param share of this instance, in calls per second
 * @param rate what it uses of its share at present, in calls per second
 * @param partitions that this instance has
 * @param ofPartitions that there are
 * @param tracked sessions that this instance tracks
 * @param intervals time between two looks at a session, by class of state
 * @param inFlight lookups under way
 * @param mostInFlight that may be
 * @param circuitOpen whether no call is made because most recent ones failed
 * @param groupContact whether the membership of the consumer group is proven; no call is made without
 */
public record Budget(
        double budget,
        double share,
        double rate,
        int partitions,
        int ofPartitions,
        int tracked,
        Map<String, Duration> intervals,
        int inFlight,
        int mostInFlight,
        boolean circuitOpen,
        boolean groupContact) {}
