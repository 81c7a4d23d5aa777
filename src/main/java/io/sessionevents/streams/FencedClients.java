package io.sessionevents.streams;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.CommitWatch;
import io.sessionevents.kafka.Refusals;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of Kafka Streams, as Kafka Streams makes them itself but for two things: every transaction carries an offset,
 * see {@link FencedProducer}, and what its StreamThreads do in the group, see {@link MainConsumer}.
 */
public final class FencedClients implements KafkaClientSupplier {
    private static final String PRODUCER = "-producer";
    private static final String CONSUMER = "-consumer";

    /** By name of the StreamThread; each is used by that thread alone, as its producer is. */
    private final Map<String, Consumer<byte[], byte[]>> mainConsumers = new ConcurrentHashMap<>();

    private final CommitWatch watch;
    private final boolean leaving;
    private final TopicIdentity input;
    private final Refusals refusals;

    /**
     * Has made none yet.
     *
     * @param watch told of the transactions of all StreamThreads
     * @param leaving whether a StreamThread that ends leaves the group; else Kafka Streams decides
     * @param inputTopic a topic that others may delete and make anew
     * @param refusals hears of records that topics refused
     */
    public FencedClients(CommitWatch watch, boolean leaving, String inputTopic, Refusals refusals) {
        this.watch = watch;
        this.leaving = leaving;
        this.input = new TopicIdentity(inputTopic);
        this.refusals = refusals;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        Admin admin = Admin.create(config);
        input.askBy(admin);
        return admin;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        String streamThread = streamThread(config, ProducerConfig.CLIENT_ID_CONFIG, PRODUCER);
        return new FencedProducer(
                config, streamThread, () -> requireNonNull(mainConsumers.get(streamThread)), watch, input, refusals);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        String streamThread = streamThread(config, ConsumerConfig.CLIENT_ID_CONFIG, CONSUMER);
        Consumer<byte[], byte[]> consumer =
                new MainConsumer(config, leaving, input, records -> watch.polled(streamThread, records));
        mainConsumers.put(streamThread, consumer);
        return consumer;
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static String streamThread(Map<String, Object> config, String key, String suffix) {
        String client = String.valueOf(config.get(key));
        if (!client.endsWith(suffix)) {
            throw new IllegalStateException("client id " + client + ", expected one that ends in " + suffix);
        }
        return client.substring(0, client.length() - suffix.length());
    }
}
