package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.session.Topics;
import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "tail",
        description = {
            "Prints change events, or settled usage, as they are committed, until it is interrupted.",
            "Without configuration: bootstrap.servers=localhost:9092, schema.registry.url=http://localhost:8081."
        })
final class TailCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String TIMEOUT_MILLIS = "10000";

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--usage", description = "Prints settled usage instead of change events.")
    private boolean usage;

    @Option(names = "--from-beginning", description = "Begins with the oldest record instead of the next.")
    private boolean fromBeginning;

    @Option(
            names = "--output",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.table;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Only records of this source; may be repeated.",
            converter = SourceConverter.class)
    private List<String> sources = new ArrayList<>();

    @Option(names = "--max", paramLabel = "N", description = "Ends after N records.")
    private long max = Long.MAX_VALUE;

    /** What is printed, and how. */
    private record View(String topic, RecordPrinter printer) {}

    TailCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Configuration effective = configuration.loaderWithLocalDefaults(context).load();
        View view = view(effective.topics());
        Map<String, Object> settings = effective.kafka().client("consumer.");
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        context.interrupts().onInterrupt(consumer::wakeup);
        try (consumer;
                var registry = new ConfluentSchemaRegistry(effective.registry());
                var serde = new RegistryAvroSerde<GenericRecord>(registry, false)) {
            assign(consumer, view.topic(), effective);
            print(consumer, serde.deserializer(), view.printer());
        } catch (WakeupException e) {
            return 0;
        } catch (KafkaException e) {
            throw new CommandFailedException(
                    "Reading " + view.topic() + " at " + effective.kafka().bootstrapServers() + " failed: "
                            + e.getMessage() + ". Check bootstrap.servers, and that the topic exists.",
                    e);
        }
        return 0;
    }

    private View view(Topics topics) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        return usage
                ? new View(topics.usage(), new UsagePrinter(out, output, context.colour(), context.zone()))
                : new View(topics.output(), new ChangePrinter(out, output, context.colour(), context.zone()));
    }

    private void assign(KafkaConsumer<String, byte[]> consumer, String topic, Configuration effective) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new CommandFailedException(
                    "Topic " + topic + " does not exist at " + effective.kafka().bootstrapServers());
        }
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        }
    }

    private void print(
            KafkaConsumer<String, byte[]> consumer, Deserializer<GenericRecord> values, RecordPrinter printer) {
        long printed = 0;
        while (printed < max) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                GenericRecord value = decode(values, record);
                if (value != null && wanted(value) && (!printer.print(value) || ++printed >= max)) {
                    return;
                }
            }
        }
    }

    private boolean wanted(GenericRecord value) {
        return sources.isEmpty() || sources.contains(Feed.source(value));
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
