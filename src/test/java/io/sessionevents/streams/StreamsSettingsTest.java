package io.sessionevents.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.settings.Configuration;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.internals.CloseOptionsInternal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each client of Kafka Streams gets in the end. */
class StreamsSettingsTest {
    private static final Map<String, String> REQUIRED =
            Map.of("bootstrap.servers", "b:9092", "schema.registry.url", "http://r:8081");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main     | session.timeout.ms  | 20000",
                "main     | heartbeat.interval.ms | 1000",
                "main     | auto.offset.reset   | earliest",
                "main     | max.poll.records    | 100",
                "main     | isolation.level     | read_committed",
                "restore  | auto.offset.reset   | none",
                "producer | transaction.timeout.ms | 30000",
                "producer | max.block.ms        | 240000",
                "producer | max.request.size    | 33554432",
                "producer | max.in.flight.requests.per.connection | 1",
                "producer | compression.type    | gzip",
                "producer | linger.ms           | 5",
                "producer | enable.idempotence  | true",
                "streams  | commit.interval.ms  | 30000",
                "streams  | poll.ms             | 15",
                "streams  | processing.guarantee | exactly_once_v2"
            })
    void shouldHaveDefaultsOfItsOwn(String client, String key, String value) {
        assertThat(seenBy(client, of(Map.of()))).containsEntry(key, value);
    }

    @Test
    void shouldKeepItsStateAtHomeWhateverTheWorkingDirectory() {
        assertThat(seenBy("streams", of(Map.of())))
                .containsEntry("state.dir", System.getProperty("user.home") + "/.local/state/session-events");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto.offset.reset=latest                                      | main     | auto.offset.reset  | latest",
                "consumer.auto.offset.reset=latest                             | main     | auto.offset.reset  | latest",
                "main.consumer.auto.offset.reset=latest                        | main     | auto.offset.reset  | latest",
                "session.timeout.ms=45000                                      | main     | session.timeout.ms | 45000",
                "consumer.session.timeout.ms=45000                             | main     | session.timeout.ms | 45000",
                "main.consumer.session.timeout.ms=45000                        | main     | session.timeout.ms | 45000",
                "session.timeout.ms=1 consumer.session.timeout.ms=45000        | main     | session.timeout.ms | 45000",
                "consumer.session.timeout.ms=9 main.consumer.session.timeout.ms=45000 | main | session.timeout.ms | 45000",
                "session.timeout.ms=9 main.consumer.session.timeout.ms=45000   | main     | session.timeout.ms | 45000",
                "heartbeat.interval.ms=2000                                    | main     | heartbeat.interval.ms | 2000",
                "max.poll.records=7                                            | main     | max.poll.records   | 7",
                "max.poll.records=7                                            | restore  | max.poll.records   | 7",
                "restore.consumer.max.poll.records=7                           | main     | max.poll.records   | 100",
                "restore.consumer.max.poll.records=7                           | restore  | max.poll.records   | 7",
                "linger.ms=50                                                  | producer | linger.ms          | 50",
                "producer.linger.ms=50                                         | producer | linger.ms          | 50",
                "linger.ms=1 producer.linger.ms=50                             | producer | linger.ms          | 50",
                "compression.type=zstd                                         | producer | compression.type   | zstd",
                "max.block.ms=9000                                             | producer | max.block.ms       | 9000",
                "producer.max.request.size=2000000                             | producer | max.request.size   | 2000000",
                "transaction.timeout.ms=60000                                  | producer | transaction.timeout.ms | 60000",
                "producer.transaction.timeout.ms=60000                         | producer | transaction.timeout.ms | 60000",
                "request.timeout.ms=12345                                      | admin    | request.timeout.ms | 12345",
                "admin.request.timeout.ms=12345                                | admin    | request.timeout.ms | 12345",
                "admin.request.timeout.ms=12345 request.timeout.ms=9           | admin    | request.timeout.ms | 12345",
                "security.protocol=SSL                                         | admin    | security.protocol  | SSL",
                "security.protocol=SSL                                         | main     | security.protocol  | SSL",
                "security.protocol=SSL                                         | producer | security.protocol  | SSL",
                "consumer.enable.metrics.push=true                             | main     | enable.metrics.push | true",
                "num.standby.replicas=1                                        | streams  | num.standby.replicas | 1",
                "commit.interval.ms=1000                                       | streams  | commit.interval.ms | 1000",
                "poll.ms=100                                                   | streams  | poll.ms            | 100",
                "state.dir=/x                                                  | streams  | state.dir          | /x",
                "rocksdb.config.setter=io.sessionevents.streams.BoundedRocksDb | streams | rocksdb.config.setter | io.sessionevents.streams.BoundedRocksDb",
                // What depends on it follows.
                "commit.interval.ms=60000                                      | producer | transaction.timeout.ms | 60000",
                "commit.interval.ms=1000                                       | producer | transaction.timeout.ms | 30000",
                "transaction.timeout.ms=10000                                  | streams  | commit.interval.ms | 10000",
                "producer.transaction.timeout.ms=10000                         | streams  | commit.interval.ms | 10000",
                "transaction.timeout.ms=60000                                  | streams  | commit.interval.ms | 30000",
                "session.timeout.ms=1500                                       | main     | heartbeat.interval.ms | 500",
                "consumer.session.timeout.ms=45000                             | main     | heartbeat.interval.ms | 1000",
                "max.poll.interval.ms=60000                                    | producer | max.block.ms       | 48000",
                "main.consumer.max.poll.interval.ms=60000                      | producer | max.block.ms       | 48000",
                "max.poll.interval.ms=900000                                   | producer | max.block.ms       | 240000"
            })
    void shouldLetTheOperatorWinInEverySpelling(String given, String client, String key, String value) {
        Map<String, String> flags = Stream.of(given.split(" "))
                .collect(Collectors.toMap(
                        one -> "kafka." + one.substring(0, one.indexOf('=')),
                        one -> one.substring(one.indexOf('=') + 1)));

        assertThat(seenBy(client, of(flags))).containsEntry(key, value);
    }

    @ParameterizedTest
    @CsvSource({"session.timeout.ms", "consumer.session.timeout.ms", "main.consumer.session.timeout.ms"})
    void shouldLeaseTheBudgetForTheSessionTimeoutThatTheGroupSees(String spelling) {
        assertThat(StreamsSettings.sessionTimeout(of(Map.of()))).isEqualTo(Duration.ofSeconds(20));
        assertThat(StreamsSettings.sessionTimeout(of(Map.of("kafka." + spelling, "45000"))))
                .isEqualTo(Duration.ofSeconds(45));
    }

    @ParameterizedTest
    @CsvSource({"max.poll.interval.ms", "consumer.max.poll.interval.ms", "main.consumer.max.poll.interval.ms"})
    void shouldKnowHowLongAThreadMayGoWithoutAPoll(String spelling) {
        assertThat(StreamsSettings.longestPollInterval(of(Map.of()))).isEqualTo(Duration.ofMinutes(5));
        assertThat(StreamsSettings.longestPollInterval(of(Map.of("kafka." + spelling, "60000"))))
                .isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({"group.instance.id", "consumer.group.instance.id", "main.consumer.group.instance.id"})
    void shouldStayInTheGroupUnderAStaticName(String spelling) {
        Properties named = of(Map.of("kafka." + spelling, "one"));

        assertThat(operation(named)).isEqualTo(GroupMembershipOperation.REMAIN_IN_GROUP);
    }

    @Test
    void shouldSpeakToOneClusterUnderOneName() {
        Configuration configuration = Configuration.loader()
                .withFlags(Map.of("schema.registry.url", "http://r:8081"))
                .withEnvironment(Map.of("KAFKA_BOOTSTRAP_SERVERS", "other:9092", "KAFKA_APPLICATION_ID", "mine"))
                .load();
        Properties settings = StreamsSettings.of(configuration.kafka());

        assertThat(configuration.kafka().bootstrapServers()).isEqualTo("other:9092");
        assertThat(configuration.kafka().streamsApplicationId()).isEqualTo("mine");
        assertThat(Stream.of("main", "restore", "producer", "admin").map(client -> seenBy(client, settings)))
                .allSatisfy(client -> assertThat(client).containsEntry("bootstrap.servers", "other:9092"));
        assertThat(seenBy("main", settings)).containsEntry("group.id", "mine");
    }

    private static GroupMembershipOperation operation(Properties settings) {
        return new CloseOptionsInternal(StreamsSettings.closing(settings, Duration.ofSeconds(1))).operation();
    }

    private static Properties of(Map<String, String> flags) {
        return StreamsSettings.of(Configuration.loader()
                .withFlags(REQUIRED)
                .withFlags(flags)
                .load()
                .kafka());
    }

    private static Map<String, String> seenBy(String client, Properties settings) {
        var streams = new StreamsConfig(settings);
        String group = settings.getProperty("application.id");
        Map<String, Object> seen = switch (client) {
            case "main" -> streams.getMainConsumerConfigs(group, "client", 0);
            case "restore" -> streams.getRestoreConsumerConfigs("client");
            case "producer" -> streams.getProducerConfigs("client");
            case "admin" -> streams.getAdminConfigs("client");
            default -> Map.copyOf(present(streams));
        };
        return seen.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
    }

    private static Map<String, Object> present(StreamsConfig streams) {
        return streams.values().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(entry -> entry.getKey(), entry -> (Object) entry.getValue()));
    }

    private static String text(Object value) {
        return value instanceof Class<?> type ? type.getName() : value.toString();
    }
}
