package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.session.Topics;
import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "tail",
        description = "Prints change events, settled usage or alerts as they are committed, until it is interrupted.")
final class TailCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--usage", description = "Prints settled usage instead of change events.")
    private boolean usage;

    @Option(names = "--alerts", description = "Prints alerts instead of change events.")
    private boolean alerts;

    @Mixin
    private final RecordRange range = new RecordRange();

    @Mixin
    private final RecordSelection selection = new RecordSelection();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.table;

    @Option(names = "--max", paramLabel = "N", description = "Ends after N records.")
    private long max = Long.MAX_VALUE;

    /** What is printed, and how. */
    private record View(String topic, RecordPrinter printer) {}

    TailCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        check();
        Configuration effective = configuration.loader(context).load();
        View view = view(effective.topics());
        Map<String, Object> settings = ReadingSettings.of(effective, "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
                var registry = new ConfluentSchemaRegistry(effective.registry());
                var serde = new RegistryAvroSerde<GenericRecord>(registry, false)) {
            context.interrupts().onInterrupt(consumer::wakeup);
            List<TopicPartition> partitions = partitions(consumer, view.topic(), effective);
            RecordRange.Way way =
                    range.begin(consumer, partitions, context.clock().instant());
            print(consumer, way, serde.deserializer(), view);
        } catch (WakeupException e) {
            return 0;
        } catch (KafkaException e) {
            throw KafkaFailure.of(effective, "Reading " + view.topic(), e);
        }
        return 0;
    }

    private void check() {
        CommandLine command = requireNonNull(spec).commandLine();
        range.check(command);
        if (max < 1) {
            throw new ParameterException(command, "--max " + max + ", expected 1 or more");
        }
        if (usage && alerts) {
            throw new ParameterException(command, "--usage and --alerts are of different topics, expected one of them");
        }
        if ((usage || alerts) && selection.ofStates()) {
            throw new ParameterException(
                    command, "--state is for change events, not for " + (usage ? "--usage" : "--alerts"));
        }
    }

    private View view(Topics topics) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        RowStyle style = context.style(output);
        if (alerts) {
            return new View(topics.alerts(), new AlertPrinter(out, style));
        }
        return usage
                ? new View(topics.usage(), new UsagePrinter(out, style))
                : new View(topics.output(), new ChangePrinter(out, style));
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<String, byte[]> consumer, String topic, Configuration effective) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw KafkaFailure.noTopic(effective, topic);
        }
        return partitions;
    }

    private void print(
            KafkaConsumer<String, byte[]> consumer,
            RecordRange.Way way,
            Deserializer<GenericRecord> values,
            View view) {
        var progress = new Progress(context, requireNonNull(spec).commandLine().getErr(), "Reading " + view.topic());
        long all = way.length();
        long printed = 0;
        while (printed < max && !way.over(consumer)) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (!way.holds(new TopicPartition(record.topic(), record.partition()), record.offset())) {
                    continue;
                }
                GenericRecord value = decode(values, record);
                if (value != null && selection.takes(value)) {
                    progress.clear();
                    if (!view.printer().print(value) || ++printed >= max) {
                        return;
                    }
                }
            }
            long left = way.left(consumer);
            if (left > 0) {
                progress.at(all - left, all);
            } else {
                progress.clear();
            }
        }
    }

    private @Nullable GenericRecord decode(Deserializer<GenericRecord> values, ConsumerRecord<String, byte[]> record) {
        try {
            return values.deserialize(record.topic(), record.headers(), record.value());
        } catch (SerializationException e) {
            requireNonNull(spec)
                    .commandLine()
                    .getErr()
                    .printf(
                            "Offset %d of partition %d of %s cannot be read: %s%n",
                            record.offset(), record.partition(), record.topic(), e.getMessage());
            return null;
        }
    }
}
