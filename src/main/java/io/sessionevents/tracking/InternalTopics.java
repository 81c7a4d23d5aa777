package io.sessionevents.tracking;

import java.util.List;

/**
 * Names of the topics that Kafka Streams creates for the topology.
 *
 * @param requests requests by session
 * @param unread input on its way to wait for its schema
 * @param sweeps requests by source
 * @param sessions changelog of the sessions that are tracked
 * @param waiting changelog of the input that waits for its schema
 * @param swept changelog of the applications that are swept
 */
public record InternalTopics(
        String requests, String unread, String sweeps, String sessions, String waiting, String swept) {
    /** What Kafka Streams adds to the name of a repartition topic. */
    static final String REPARTITION = "-repartition";

    private static final String CHANGELOG = "-changelog";

    /** Those of that application. */
    public static InternalTopics of(String streamsApplicationId) {
        String prefix = streamsApplicationId + "-";
        return new InternalTopics(
                prefix + TrackingTopology.REQUESTS + REPARTITION,
                prefix + TrackingTopology.UNREAD + REPARTITION,
                prefix + TrackingTopology.SWEEPS + REPARTITION,
                prefix + TrackingTopology.STORE + CHANGELOG,
                prefix + TrackingTopology.WAITING + CHANGELOG,
                prefix + TrackingTopology.SWEPT + CHANGELOG);
    }

    /** All of them. */
    public List<String> all() {
        return List.of(requests, unread, sweeps, sessions, waiting, swept);
    }
}
