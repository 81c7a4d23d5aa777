package io.sessionevents.streams;

import io.sessionevents.health.UnavailableException;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.KeyRange;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The sessions as Kafka Streams' interactive queries see them: read from the store on the thread of the request, written
 * changes included that are not committed yet. Of the partitions of other instances it knows what the last rebalance said.
 */
public final class StoredSessions implements FleetSessions {
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Slice NOTHING = new Slice(List.of(), null);

    private static final HostInfo NOWHERE = HostInfo.unavailable();

    private final KafkaStreams streams;
    private final Store store;
    private final Serializer<SessionKey> keys;
    private final HostInfo self;

    /**
     * Where they are stored.
     *
     * @param name of the state store
     * @param topic by whose partitions they are shared among the instances
     * @param partitions of that topic
     * @param sources names of those whose sessions are looked up
     */
    public record Store(String name, String topic, int partitions, List<String> sources) {}

    /**
     * Reads nothing yet.
     *
     * @param address of this instance, {@code host:port}; null if it has none, and then it knows of no other either
     */
    public StoredSessions(KafkaStreams streams, Store store, Serializer<SessionKey> keys, @Nullable String address) {
        this.streams = streams;
        this.store = store;
        this.keys = keys;
        this.self = address == null ? NOWHERE : HostInfo.buildFromEndpoint(address);
    }

    @Override
    public String instance() {
        return address(self);
    }

    @Override
    public boolean reads(String source) {
        return store.sources().contains(source);
    }

    @Override
    public Owner owner(SessionKey key) {
        HostInfo host = metadata(key).activeHost();
        return new Owner(address(host), host.equals(self));
    }

    @Override
    public Others others() {
        Collection<StreamsMetadata> all = answered(() -> streams.streamsMetadataForStore(store.name()));
        List<String> addresses = all.stream()
                .map(StreamsMetadata::hostInfo)
                .filter(host -> !host.equals(self) && !host.equals(NOWHERE))
                .map(StoredSessions::address)
                .sorted()
                .toList();
        Set<Integer> assigned = all.stream()
                .flatMap(client -> client.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(store.topic()))
                .map(TopicPartition::partition)
                .collect(Collectors.toCollection(TreeSet::new));
        return new Others(
                addresses,
                IntStream.range(0, store.partitions())
                        .filter(partition -> !assigned.contains(partition))
                        .boxed()
                        .toList());
    }

    @Override
    public @Nullable TrackedSession own(SessionKey key) {
        return answered(() ->
                store(parameters().withPartition(metadata(key).partition())).get(key));
    }

    @Override
    public Slice own(KeyRange range, Predicate<TrackedSession> wanted, int limit) {
        List<Integer> partitions = partitions();
        // With more instances than tasks, some have none: they have no store to ask, and nothing is missing.
        boolean keepsNone = partitions.isEmpty() && streams.state() == KafkaStreams.State.RUNNING;
        return keepsNone || range.empty() ? NOTHING : answered(() -> read(partitions, range, wanted, limit));
    }

    private Slice read(List<Integer> partitions, KeyRange range, Predicate<TrackedSession> wanted, int limit) {
        // Refuses unless all tasks are there.
        var _ = store(parameters());
        List<KeyValueIterator<SessionKey, TrackedSession>> open = new ArrayList<>();
        try {
            for (int partition : partitions) {
                var sessions = store(parameters().withPartition(partition));
                SessionKey from = range.from();
                open.add(from == null ? sessions.all() : sessions.range(from, range.to()));
            }
            return new SortedSessions(open).next(range, wanted, limit, MOST_READ);
        } finally {
            open.forEach(KeyValueIterator::close);
        }
    }

    /** Those of this instance. */
    private List<Integer> partitions() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(store.topic()))
                .map(TopicPartition::partition)
                .toList();
    }

    private KeyQueryMetadata metadata(SessionKey key) {
        KeyQueryMetadata metadata = answered(() -> streams.queryMetadataForKey(store.name(), key, keys));
        if (metadata == null
                || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
                || (metadata.activeHost().equals(NOWHERE) && !self.equals(NOWHERE))) {
            throw new UnavailableException(
                    "No instance is known that keeps the session: a rebalance is under way, or instances have the same"
                            + " http.advertised.address.",
                    AGAIN);
        }
        return metadata;
    }

    private StoreQueryParameters<ReadOnlyKeyValueStore<SessionKey, TrackedSession>> parameters() {
        return StoreQueryParameters.fromNameAndType(
                store.name(), QueryableStoreTypes.<SessionKey, TrackedSession>keyValueStore());
    }

    private ReadOnlyKeyValueStore<SessionKey, TrackedSession> store(
            StoreQueryParameters<ReadOnlyKeyValueStore<SessionKey, TrackedSession>> parameters) {
        return streams.store(parameters);
    }

    private <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw new UnavailableException(
                    "Kafka Streams is " + streams.state() + ": its tasks are on their way.", AGAIN);
        }
    }

    private static String address(HostInfo host) {
        return (host.host().contains(":") ? "[" + host.host() + "]" : host.host()) + ":" + host.port();
    }
}
