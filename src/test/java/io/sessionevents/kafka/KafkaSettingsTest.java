package io.sessionevents.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionevents.config.ConfigurationException;
import io.sessionevents.config.ConfigurationLoader;
import io.sessionevents.settings.Configuration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused of the settings that are passed on to Kafka, and what is only warned of. */
class KafkaSettingsTest {
    private static final Map<String, String> REQUIRED =
            Map.of("bootstrap.servers", "b:9092", "schema.registry.url", "http://r:8081");
    private static final List<String> CLIENTS =
            List.of("consumer.", "main.consumer.", "restore.consumer.", "global.consumer.", "producer.", "admin.");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "processing.guarantee                      | at_least_once | exactly_once_v2",
                "processing.guarantee                      | exactly_once  | exactly_once_v2",
                "processing.guarantee                      | ${env:X}      | exactly_once_v2",
                "enable.auto.commit                        | true          | false",
                "isolation.level                           | read_uncommitted | read_committed",
                "transactional.id                          | x             | Leave it out",
                "transaction.two.phase.commit.enable       | true          | false",
                "enable.idempotence                        | false         | true",
                "acks                                      | 1             | all",
                "acks                                      | 0             | all",
                "max.in.flight.requests.per.connection     | 5             | 1",
                "bootstrap.controllers                     | c:1           | Leave it out",
                "group.id                                  | g             | application.id",
                "group.protocol                            | consumer      | classic",
                "group.protocol                            | streams       | classic",
                "partition.assignment.strategy             | x.Y           | Leave it out",
                "partitioner.class                         | org.apache.kafka.clients.producer.RoundRobinPartitioner | order",
                "partitioner.ignore.keys                   | true          | order",
                "deserialization.exception.handler         | org.apache.kafka.streams.errors.LogAndContinueExceptionHandler | lost silently",
                "default.deserialization.exception.handler | org.apache.kafka.streams.errors.LogAndContinueExceptionHandler | lost silently",
                "production.exception.handler              | x.Y           | lost silently",
                "default.production.exception.handler      | x.Y           | lost silently",
                "processing.exception.handler              | x.Y           | lost silently",
                "errors.dead.letter.queue.topic.name       | t             | dead.letter.topic",
                "processor.wrapper.class                   | x.Y           | unseen",
                "max.request.size                          | 1000          | at least 1048576",
                "buffer.memory                             | 1000          | at least 1048576",
                "auto.offset.reset                         | none          | earliest",
                "auto.offset.reset                         | LATEST!       | latest",
                "key.deserializer                          | x.Y           | value.serde.class",
                "value.deserializer                        | x.Y           | value.serde.class",
                "key.serializer                            | x.Y           | value.serde.class",
                "value.serializer                          | x.Y           | value.serde.class",
                "default.key.serde                         | x.Y           | value.serde.class",
                "default.value.serde                       | x.Y           | value.serde.class",
                "default.list.key.serde.inner              | x.Y           | value.serde.class",
                "default.client.supplier                   | x.Y           | fence",
                "default.timestamp.extractor               | x.Y           | stamped",
                "allow.auto.create.topics                  | true          | false",
                "num.stream.threads                        | 0             | at least 1",
                "internal.leave.group.on.close             | true          | private",
                "__processing.threads.enabled__            | true          | private",
                "topic.cleanup.policy                      | delete        | compacted",
                "topic.retention.ms                        | 1             | requests",
                "topic.unclean.leader.election.enable      | true          | false"
            })
    void shouldRefuseWhatBreaksAPromiseWithItsReason(String key, String value, String says) {
        assertThat(problems(Map.of("kafka." + key, value)))
                .singleElement()
                .asString()
                .contains("kafka." + key + " is \"" + value + "\" (flag -X kafka." + key + "), which is refused: ")
                .contains(says);
    }

    @ParameterizedTest
    @CsvSource({
        "isolation.level,read_uncommitted",
        "enable.auto.commit,true",
        "acks,1",
        "bootstrap.servers,elsewhere:9092",
        "application.id,other",
        "transactional.id,x",
        "key.deserializer,x.Y"
    })
    void shouldRefuseItUnderThePrefixOfEveryClient(String key, String value) {
        assertThat(CLIENTS)
                .allSatisfy(client -> assertThat(problems(Map.of("kafka." + client + key, value)))
                        .singleElement()
                        .asString()
                        .contains("kafka." + client + key, "refused"));
    }

    @ParameterizedTest
    @CsvSource({
        "processing.guarantee,exactly_once_v2",
        "processing.guarantee,' exactly_once_v2 '",
        "enable.auto.commit,false",
        "isolation.level,read_committed",
        "enable.idempotence,true",
        "acks,all",
        "acks,-1",
        "max.in.flight.requests.per.connection,1",
        "group.protocol,classic",
        "auto.offset.reset,by_duration:PT1H",
        "num.standby.replicas,2",
        "num.stream.threads,4",
        "client.id,mine",
        "client.tag.zone,a",
        "client.tag.processing.guarantee,whatever",
        "topic.segment.bytes,1048576",
        "topic.max.message.bytes,2000000",
        "metric.reporters,org.apache.kafka.common.metrics.JmxReporter",
        "ssl.endpoint.identification.algorithm,''",
        "rack.aware.assignment.strategy,none",
        "upgrade.from,3.9",
        "config.providers,env",
        "metrics.context.team,billing",
        "consumer.enable.metrics.push,true",
        "application.server,host:80"
    })
    void shouldTakeWhatKeepsThePromises(String key, String value) {
        ConfigurationLoader<Configuration> loader = loader(
                key.equals("config.providers")
                        ? Map.of(
                                "kafka.config.providers",
                                "env",
                                "kafka.config.providers.env.class",
                                "org.apache.kafka.common.config.provider.EnvVarConfigProvider")
                        : Map.of("kafka." + key, value));

        assertThat(loader.load().warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session.timeout.ms        | soon          | a whole number",
                "main.consumer.session.timeout.ms | 1e5    | a whole number",
                "session.timeout.ms        | 99999999999   | a whole number",
                "num.standby.replicas      | many          | a whole number",
                "linger.ms                 | -1            | a whole number",
                "security.protocol         | TLS           | SASL_SSL",
                "compression.type          | rar           | gzip",
                "rocksdb.config.setter     | no.such.Class | class path",
                "sasl.jaas.config          | user=me pass=geheim | login module",
                "sasl.jaas.config          | a.B required password=\"ge\"heim\"; | login module",
                "producer.sasl.jaas.config | a.B required password=\"geheim | login module"
            })
    void shouldSayWhatKafkaWouldNotTake(String key, String value, String expected) {
        assertThat(problems(Map.of("kafka." + key, value)))
                .singleElement()
                .asString()
                .contains("kafka." + key + " is \"", "(flag -X kafka." + key + ")", "expected", expected)
                .doesNotContain("heim");
    }

    static Stream<Map<String, String>> contradictions() {
        return Stream.of(
                Map.of("kafka.heartbeat.interval.ms", "20000"),
                Map.of("kafka.heartbeat.interval.ms", "3000", "kafka.consumer.session.timeout.ms", "3000"),
                Map.of("kafka.commit.interval.ms", "31000", "kafka.transaction.timeout.ms", "30000"),
                Map.of("kafka.commit.interval.ms", "31000", "kafka.producer.transaction.timeout.ms", "30000"),
                Map.of("kafka.retries", "0"),
                Map.of("kafka.topic.segment.bytes", "100", "kafka.batch.size", "200"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void shouldRefuseWhatDoesNotGoTogether(Map<String, String> flags) {
        assertThat(problems(flags))
                .singleElement()
                .asString()
                .contains(flags.keySet().stream()
                        .map(key -> key.replaceAll("kafka\\.(consumer\\.|producer\\.|topic\\.)?", "")
                                .replaceAll("\\..*", ""))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"interceptor.classes", "producer.interceptor.classes", "main.consumer.interceptor.classes"})
    void shouldWarnOfCodeThatMayChangeRecords(String key) {
        assertThat(loader(Map.of("kafka." + key, "x.Y")).load().warnings())
                .singleElement()
                .asString()
                .contains("kafka." + key, "change or drop records");
    }

    @Test
    void shouldWarnOfACommitThatWaitsForTooLong() {
        assertThat(loader(Map.of("kafka.max.block.ms", "400000")).load().warnings())
                .singleElement()
                .asString()
                .contains("kafka.max.block.ms is 400000", "kafka.max.poll.interval.ms is 300000");
    }

    @ParameterizedTest
    @CsvSource({
        "sesion.timeout.ms,session.timeout.ms",
        "main.consumer.sesion.timeout.ms,main.consumer.session.timeout.ms",
        "producer.linger,producer.linger.ms",
        "main.consumer.linger.ms,main.consumer",
        "topic.segment.byte,topic.segment.bytes",
        "num.streams.threads,num.stream.threads",
        "securty.protocol,security.protocol"
    })
    void shouldWarnOfWhatKafkaDoesNotKnow(String key, String nearest) {
        Configuration configuration =
                loader(Map.of("kafka." + key, "secret-or-not")).load();

        assertThat(configuration.kafka().passedOn()).containsKey(key);
        assertThat(configuration.warnings())
                .singleElement()
                .asString()
                .contains("kafka." + key, "did you mean kafka." + nearest)
                .doesNotContain("secret-or-not");
    }

    @Test
    void shouldNotShowTheValueOfAKeyThatKafkaDoesNotKnow() {
        ConfigurationLoader<Configuration> loader =
                loader(Map.of("kafka.my.plugin.thing", "geheim", "kafka.linger.ms", "7", "kafka.client.id", "c"));

        assertThat(loader.shown("kafka.my.plugin.thing")).isEqualTo("***");
        assertThat(loader.shown("kafka.linger.ms")).isEqualTo("7");
    }

    @Test
    void shouldExplainEachRule() {
        assertThat(KafkaRules.ALL).allSatisfy(rule -> {
            assertThat(rule.reason()).isNotBlank();
            assertThat(rule.key()).isNotBlank();
        });
        assertThat(KafkaRules.ALL.stream().map(KafkaRule::key)).doesNotHaveDuplicates();
    }

    private static List<String> problems(Map<String, String> flags) {
        return catchThrowableOfType(
                        ConfigurationException.class, () -> loader(flags).load())
                .problems();
    }

    private static ConfigurationLoader<Configuration> loader(Map<String, String> flags) {
        return Configuration.loader().withFlags(REQUIRED).withFlags(flags);
    }
}
