package io.sessionevents.http;

import io.sessionevents.health.AssignedTask;
import io.sessionevents.session.Topics;
import java.time.Instant;
import java.util.List;

/**
 * What this instance is; nothing of its configuration but names that others use.
 *
 * @param version of the service
 * @param java version of the virtual machine
 * @param startedAt when the process began
 * @param instance where it is reached by others, {@code host:port}; empty before that is known
 * @param streams state of Kafka Streams
 * @param tasks that it has at this moment
 */
public record InstanceInfo(
        String version,
        String java,
        Instant startedAt,
        String streamsApplicationId,
        Topics topics,
        String instance,
        String streams,
        List<AssignedTask> tasks) {}
