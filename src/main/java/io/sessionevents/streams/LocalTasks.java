package io.sessionevents.streams;

import io.sessionevents.health.AssignedTask;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/**
 * The tasks of this instance.
 *
 * @param state of Kafka Streams
 * @param all those of all StreamThreads; none while Kafka Streams is not at work
 */
public record LocalTasks(String state, List<AssignedTask> all) {
    static LocalTasks of(KafkaStreams streams) {
        return new LocalTasks(streams.state().toString(), tasks(streams));
    }

    private static List<AssignedTask> tasks(KafkaStreams streams) {
        try {
            return streams.metadataForLocalThreads().stream()
                    .flatMap(LocalTasks::tasks)
                    .sorted(Comparator.comparing(AssignedTask::id))
                    .toList();
        } catch (IllegalStateException e) {
            return List.of();
        }
    }

    private static Stream<AssignedTask> tasks(ThreadMetadata thread) {
        return Stream.concat(
                thread.activeTasks().stream().map(task -> task(task, true)),
                thread.standbyTasks().stream().map(task -> task(task, false)));
    }

    private static AssignedTask task(TaskMetadata task, boolean active) {
        return new AssignedTask(
                task.taskId().toString(),
                active,
                task.topicPartitions().stream()
                        .map(TopicPartition::toString)
                        .sorted()
                        .toList());
    }
}
