package io.sessionevents;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookIntervals;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.config.Configuration;
import io.sessionevents.emr.ResilientLookup;
import io.sessionevents.http.Budget;
import io.sessionevents.http.InstanceInfo;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/** How the budget of a running service is spent, and which tasks it has. Safe for use by many threads. */
final class ServiceStatus {
    private final Configuration configuration;
    private final LookupDispatcher dispatcher;
    private final CallBudget budget;
    private final ResilientLookup lookup;
    private final KafkaStreams streams;

    ServiceStatus(
            Configuration configuration,
            LookupDispatcher dispatcher,
            CallBudget budget,
            ResilientLookup lookup,
            KafkaStreams streams) {
        this.configuration = configuration;
        this.dispatcher = dispatcher;
        this.budget = budget;
        this.lookup = lookup;
        this.streams = streams;
    }

    Budget budget() {
        var lookups = configuration.lookups();
        Map<String, Duration> intervals = new TreeMap<>();
        var looks = new LookIntervals(dispatcher, lookups.intervalMin());
        LookIntervals.CLASSES.keySet().forEach(name -> intervals.put(name, looks.of(name)));
        return new Budget(
                lookups.budget(),
                budget.share(),
                budget.rate(),
                dispatcher.openMailboxes(),
                configuration.trackingPartitions(),
                dispatcher.tracked(),
                intervals,
                dispatcher.inFlight(),
                lookups.maxConcurrent(),
                !lookup.calling(),
                budget.leased());
    }

    /** State of Kafka Streams. */
    String streams() {
        return streams.state().toString();
    }

    /** The tasks of all StreamThreads; none while Kafka Streams is not at work. */
    List<InstanceInfo.Task> tasks() {
        try {
            return streams.metadataForLocalThreads().stream()
                    .flatMap(ServiceStatus::tasks)
                    .sorted(Comparator.comparing(InstanceInfo.Task::id))
                    .toList();
        } catch (IllegalStateException e) {
            return List.of();
        }
    }

    private static Stream<InstanceInfo.Task> tasks(ThreadMetadata thread) {
        return Stream.concat(
                thread.activeTasks().stream().map(task -> task(task, true)),
                thread.standbyTasks().stream().map(task -> task(task, false)));
    }

    private static InstanceInfo.Task task(TaskMetadata task, boolean active) {
        return new InstanceInfo.Task(
                task.taskId().toString(),
                active,
                task.topicPartitions().stream()
                        .map(TopicPartition::toString)
                        .sorted()
                        .toList());
    }
}
