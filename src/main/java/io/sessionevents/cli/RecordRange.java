package io.sessionevents.cli;

import io.sessionevents.config.Parsers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Options that say where reading begins and ends. */
final class RecordRange {
    @Option(names = "--from-beginning", description = "Begins with the oldest record instead of the next.")
    private boolean fromBeginning;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Begins with what was written since then: 2h ago, 7d ago, or since 2026-11-27T09:00:00Z.",
            converter = SinceConverter.class)
    private @Nullable Since since;

    @Option(names = "--until-now", description = "Ends with the last record that is there when the command begins.")
    private boolean untilNow;

    /** A time, or how long ago. */
    @FunctionalInterface
    interface Since {
        Instant at(Instant now);
    }

    /**
     * Where one run is on its way through the topic.
     *
     * @param begins where it began
     * @param ends what was committed when it began
     */
    record Way(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends, boolean bounded) {
        /** How many offsets there are between beginning and end. */
        long length() {
            return ends.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - begins.getOrDefault(end.getKey(), 0L)))
                    .sum();
        }

        /** How many of them are left. */
        long left(Consumer<?, ?> consumer) {
            return ends.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                    .sum();
        }

        /** Whether the end is reached that was asked for. */
        boolean over(Consumer<?, ?> consumer) {
            return bounded && left(consumer) == 0;
        }

        /** Whether this record was there when the command began. */
        boolean holds(TopicPartition partition, long offset) {
            return !bounded || offset < ends.getOrDefault(partition, 0L);
        }
    }

    /** @throws ParameterException if the options exclude each other */
    void check(CommandLine command) {
        if (fromBeginning && since != null) {
            throw new ParameterException(command, "--from-beginning and --since exclude each other");
        }
    }

    /** Puts the consumer where reading begins. */
    Way begin(Consumer<?, ?> consumer, List<TopicPartition> partitions, Instant now) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            seek(consumer, ends, since == null ? null : since.at(now));
        }
        Map<TopicPartition, Long> begins = new HashMap<>();
        partitions.forEach(partition -> begins.put(partition, consumer.position(partition)));
        return new Way(begins, ends, untilNow);
    }

    private static void seek(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends, @Nullable Instant from) {
        Map<TopicPartition, Long> places = new HashMap<>(ends);
        if (from != null) {
            Map<TopicPartition, Long> times = new HashMap<>();
            ends.keySet().forEach(partition -> times.put(partition, Math.max(0, from.toEpochMilli())));
            consumer.offsetsForTimes(times).forEach((partition, found) -> {
                if (found != null) {
                    places.put(partition, found.offset());
                }
            });
        }
        places.forEach(consumer::seek);
    }

    /** Takes a duration before now, with or without a space, or a time in ISO 8601. */
    static final class SinceConverter implements ITypeConverter<Since> {
        @Override
        public Since convert(String text) {
            try {
                Instant time = Instant.parse(text);
                // Kafka counts in milliseconds, in which the last years of an Instant cannot be told.
                var _ = time.toEpochMilli();
                return now -> time;
            } catch (DateTimeException | ArithmeticException e) {
                return ago(text);
            }
        }

        private static Since ago(String text) {
            try {
                var duration = Parsers.positiveDuration(text);
                return now -> duration.compareTo(Duration.between(Instant.EPOCH, now)) < 0
                        ? now.minus(duration)
                        : Instant.EPOCH;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "', expected a duration such as 2h or 7d, or a time such as 2026-11-27T09:00:00Z");
            }
        }
    }
}
