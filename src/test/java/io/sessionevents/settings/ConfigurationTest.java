package io.sessionevents.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.sessionevents.avro.ConfigurationDetail;
import io.sessionevents.calls.LookupLimits;
import io.sessionevents.calls.SweepLimits;
import io.sessionevents.config.ConfigurationException;
import io.sessionevents.config.ConfigurationLoader;
import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.emr.RetrySettings;
import io.sessionevents.kafka.KafkaSettings;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.LookupWeights;
import io.sessionevents.session.Topics;
import io.sessionevents.streams.InstanceNaming;
import io.sessionevents.tracking.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationTest {
    private static final Map<String, String> REQUIRED =
            Map.of("bootstrap.servers", "b:9092", "schema.registry.url", "http://r:8081");

    @Test
    void shouldHaveSensibleDefaults() {
        Configuration configuration = minimal().load();

        assertThat(configuration.kafka().streamsApplicationId()).isEqualTo("session-events");
        assertThat(configuration.topics())
                .isEqualTo(new Topics(
                        "session-ids",
                        "session-state-changed",
                        "session-usage",
                        "session-alerts",
                        false,
                        "session-ids-dlq"));
        assertThat(configuration.tracking().partitions()).isEqualTo(12);
        assertThat(configuration.defaultSource().limits())
                .isEqualTo(new LookupLimits(9.5, 12, 64, Duration.ofSeconds(2), LookupWeights.SWEPT));
        assertThat(configuration.defaultSource().emr().attemptTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.defaultSource().retry())
                .isEqualTo(new RetrySettings(4, Duration.ofMillis(200), Duration.ofSeconds(10)));
        assertThat(configuration.defaultSource().sweeps())
                .isEqualTo(new SweepLimits(
                        0.95, 0.2, Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofMinutes(15)));
        assertThat(configuration.defaultSource().discovery()).isEqualTo(Discovery.NONE);
        assertThat(configuration.tracking().retention()).isEqualTo(Duration.ofDays(7));
        assertThat(configuration.events().detail()).isEqualTo(ConfigurationDetail.REDACTED);
        assertThat(configuration.events().cloudEvents()).isTrue();
        assertThat(configuration.tracking().stateStore()).isEqualTo(StateStore.PERSISTENT);
        assertThat(configuration.instanceNaming()).isEqualTo(InstanceNaming.AUTO);
        assertThat(configuration.registry()).containsOnlyKeys("schema.registry.url");
        assertThat(configuration.kafka().passedOn()).isEmpty();
    }

    @Test
    void shouldLetLaterLayersWin(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("a.properties"), "input.topic=file\noutput.topic=file2\ndead.letter.topic=file3\n");

        Configuration configuration = Configuration.loader()
                .withFile(file)
                .withEnvironment(
                        Map.of("SESSION_EVENTS_OUTPUT_TOPIC", "env2", "SESSION_EVENTS_DEAD_LETTER_TOPIC", "env3"))
                .withFlags(REQUIRED)
                .withFlags(Map.of("dead.letter.topic", "flag3"))
                .load();

        assertThat(configuration.topics())
                .isEqualTo(new Topics("file", "env2", "session-usage", "session-alerts", false, "flag3"));
    }

    @Test
    void shouldPassKafkaAndRegistrySettingsThrough() {
        Configuration configuration = minimal()
                .withEnvironment(Map.of(
                        "KAFKA_NUM_STREAM_THREADS", "2",
                        "SESSION_EVENTS_BASIC_AUTH_USER_INFO", "me:pw",
                        "SESSION_EVENTS_AUTO_REGISTER_SCHEMAS", "false",
                        "PATH", "/bin"))
                .withFlags(Map.of("kafka.security.protocol", "SSL"))
                .load();

        assertThat(configuration.kafka().passedOn())
                .isEqualTo(Map.of("num.stream.threads", "2", "security.protocol", "SSL"));
        assertThat(configuration.registry())
                .containsEntry("basic.auth.user.info", "me:pw")
                .containsEntry("auto.register.schemas", "false");
    }

    @Test
    void shouldLeaveWhatKubernetesInjectsAlone() {
        Configuration configuration = minimal()
                .withEnvironment(Map.of(
                        "KAFKA_PORT", "tcp://10.0.0.1:9092",
                        "KAFKA_SERVICE_HOST", "10.0.0.1",
                        "KAFKA_SERVICE_PORT_CLIENTS", "9092",
                        "KAFKA_PORT_9092_TCP_ADDR", "10.0.0.1",
                        "KAFKA_BROKERS_PORT_9092_TCP", "x"))
                .load();

        assertThat(configuration.kafka().passedOn()).isEmpty();
    }

    @Test
    void shouldReportEveryProblemAtOnce() {
        var exception = catchThrowableOfType(
                ConfigurationException.class,
                () -> Configuration.loader()
                        .withFlags(Map.of(
                                "lookup.timeout", "soon",
                                "input.topik", "x",
                                "tracking.partitions", "0",
                                "event.cloudevents", "yes"))
                        .load());

        assertThat(exception.problems())
                .hasSize(6)
                .anyMatch(problem ->
                        problem.contains("event.cloudevents is \"yes\"") && problem.contains("expected true or false"))
                .anyMatch(problem -> problem.contains("input.topik") && problem.contains("did you mean input.topic?"))
                .anyMatch(problem ->
                        problem.contains("lookup.timeout is \"soon\" (flag -X lookup.timeout), expected a duration"))
                .anyMatch(problem -> problem.contains("tracking.partitions is \"0\""))
                .anyMatch(problem -> problem.contains("Missing bootstrap.servers"))
                .anyMatch(problem -> problem.contains("Missing schema.registry.url"));
    }

    @Test
    void shouldNameTheNewKeyOfOneThatWasRenamed() {
        var exception = catchThrowableOfType(
                ConfigurationException.class,
                () -> Configuration.loader()
                        .withFlags(Map.of("lookup.rate.per.second", "5"))
                        .withEnvironment(Map.of("SESSION_EVENTS_LOOKUP_RATE_PER_SECOND", "5"))
                        .load());

        assertThat(exception.problems())
                .contains(
                        "lookup.rate.per.second (flag -X lookup.rate.per.second) is called budget.get-session now, rename it",
                        "lookup.rate.per.second (environment variable SESSION_EVENTS_LOOKUP_RATE_PER_SECOND) is called budget.get-session now, rename it");
    }

    static Stream<Map<String, String>> contradictions() {
        return Stream.of(
                Map.of("input.topic", "same", "output.topic", "same"),
                Map.of("input.topic", "same", "dead.letter.topic", "same"),
                Map.of("usage.topic", "same", "alert.topic", "same"),
                Map.of("lookup.retry.backoff", "11 s"),
                Map.of("instance.name", "none", "kafka.group.instance.id", "a"),
                Map.of("instance.name", "none", "kafka.consumer.group.instance.id", "a"),
                Map.of("instance.name", "none", "kafka.main.consumer.group.instance.id", "a"),
                Map.of("instance.name", "billing-7"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void shouldRefuseSettingsThatContradictEachOther(Map<String, String> flags) {
        var exception = catchThrowableOfType(
                ConfigurationException.class, () -> minimal().withFlags(flags).load());

        assertThat(exception.problems()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"200 ms,PT0.2S", "5s,PT5S", "10 min,PT10M", "2m,PT2M", "24 h,PT24H", "7 d,PT168H", "PT3S,PT3S"})
    void shouldReadDurations(String text, Duration expected) {
        assertThat(Parsers.positiveDuration(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "pod-1.example:8080,true",
        "10.0.0.1:80,true",
        "[::1]:8080,true",
        "pod,false",
        "pod:0,false",
        "pod:65536,false",
        "http://pod:80,false",
        "me@pod:80,false",
        "pod:80/path,false",
        "::1:80,false"
    })
    void shouldTakeAHostAndAPortForTheAdvertisedAddress(String address, boolean taken) {
        ConfigurationLoader<Configuration> loader = minimal().withFlags(Map.of("http.advertised.address", address));

        if (taken) {
            assertThat(loader.load().http().advertisedAddress()).isEqualTo(address);
        } else {
            assertThat(catchThrowableOfType(ConfigurationException.class, loader::load)
                            .problems())
                    .singleElement(STRING)
                    .contains("http.advertised.address is \"" + address.replaceFirst(".*@", "***@") + "\"")
                    .contains("expected host:port");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema.registry.url   | http://me:p@geheim@host:8081",
                "schema.registry.url   | http://me:p/geheim@host:8081",
                "schema.registry.url   | http://me:a@geheim/b%:c@r:8081",
                "schema.registry.url   | http://me:/geheim@host:8081",
                "schema.registry.url   | http://me:geheim,http://b@host:8081",
                "schema.registry.url   | http://a:8081,http://me:p geheim@host",
                "schema.registry.url   | me:geheim@host:8081",
                "schema.registry.url   | ftp://me:geheim@host",
                "schema.registry.url   | http://host:8081/?key=geheim",
                "schema.registry.url   | http://host:99999",
                "schema.registry.url   | http://",
                "schema.registry.url   | http://a:8081,",
                "aws.endpoint.url      | https://me:geheim@host",
                "aws.endpoint.url      | https://me:p/geheim@host",
                "aws.endpoint.url      | https://me:/geheim@host",
                "aws.endpoint.url      | https://me@geheim/x@host",
                "aws.endpoint.url      | https://host/?token=geheim",
                "bootstrap.servers     | me:geheim@host:9092",
                "bootstrap.servers     | SASL_SSL://me:geheim@host:9092",
                "bootstrap.servers     | host",
                "bootstrap.servers     | host:9092,,other:9092",
                "lookup.timeout        | 0 ms",
                "lookup.timeout        | PT0.000000001S",
                "lookup.timeout        | 999999999999 d",
                "session.retention     | 9999999 d",
                "session.retention     | -PT1H",
                "budget.get-session | 1e-300",
                "budget.get-session | 1e300",
                "budget.get-session | NaN",
                "budget.list-sessions  | -1",
                "budget.list-sessions  | 1000001",
                "budget.list-applications | NaN",
                "sweep.complete.interval | never",
                "sweep.refused.pause   | 0 s",
                "discover.interval     | 0 s",
                "discover              | every one",
                "discover              | 00f1app,,00f2app",
                "discover              | 00f1app,all",
                "discover              | none,00f1app",
                "discover              | 00F1APP",
                "discover              | arn:aws:emr-serverless:eu-west-1:123456789012:/applications/00f1app",
                "discover.exclude      | 00f1app,",
                "discover.exclude      | all",
                "discover.created.by   | ann",
                "discover.created.by   | arn:aws:iam::123456789012:user/ann,",
                "discover.created.by   | arn:aws:iam::123456789012:user/ann bob",
                "http.port             | 80 80",
                "event.configuration   | TİTLE",
                "state.store           | in_memory"
            })
    void shouldRefuseWhatIsOutOfBoundsAndShowNoSecret(String key, String value) {
        ConfigurationLoader<Configuration> loader = minimal().withFlags(Map.of(key, value));

        assertThat(catchThrowableOfType(ConfigurationException.class, loader::load)
                        .problems())
                .singleElement(STRING)
                .contains(key + " is \"", "(flag -X " + key + "), expected ")
                .doesNotContain("geheim");
        assertThat(loader.shown(key)).doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema.registry.url | http://schema_registry:8081",
                "schema.registry.url | https://me:p%40ss@host/path,http://[::1]:8081",
                "schema.registry.url | http://a:8081, http://b:8081/confluent/v1",
                "bootstrap.servers   | b-1.example:9098,b-2.example:9098",
                "bootstrap.servers   | SASL_SSL://b:9092, [::1]:9092",
                "aws.endpoint.url    | http://localhost:4566/emr",
                "lookup.timeout      | 1 ms",
                "lookup.interval.min | 5 min",
                "session.retention   | 3650 d",
                "budget.get-session | 0.001",
                "budget.list-sessions | 0",
                "budget.list-applications | 0",
                "discover            | 00f1app",
                "discover            | 00f1app , 00f2app",
                "discover            | all",
                "discover.exclude    | 00f1app, 00f2app",
                "discover.created.by | *, arn:aws:sts::123456789012:assumed-role/notebooks-*/*"
            })
    void shouldTakeWhatIsWithinBounds(String key, String value) {
        assertThat(minimal().withFlags(Map.of(key, value)).load().warnings()).isEmpty();
    }

    /** {@code SessionEventsNoLookups} of deploy/prometheus looks back five minutes. */
    @Test
    void shouldWarnOfLookupsMoreSeldomThanAlertsExpect() {
        assertThat(minimal()
                        .withFlags(Map.of(
                                "sources", "prod",
                                "source.prod.region", "eu-west-1",
                                "source.prod.lookup.interval.min", "6 min"))
                        .load()
                        .warnings())
                .singleElement()
                .asString()
                .contains("lookup.interval.min is above 5 min for prod:", "SessionEventsNoLookups");
    }

    @Test
    void shouldNotEchoASecretInAProblem() {
        var exception = catchThrowableOfType(
                ConfigurationException.class,
                () -> minimal()
                        .withFlags(Map.of("aws.endpoint.url", "ftp://me:pw@host"))
                        .load());

        assertThat(exception.problems())
                .singleElement()
                .asString()
                .contains("***@host")
                .doesNotContain("pw");
    }

    @Test
    void shouldDocumentEveryKeyAsItIsNow() throws IOException {
        Path document = Path.of("docs/configuration.md");
        String rendered = ConfigurationDocument.render();
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(document, rendered);
        }

        assertThat(Files.readString(document))
                .as(
                        "docs/configuration.md is stale; renew it with ./mvnw test -Dtest=ConfigurationTest -Dupdate.docs=true")
                .isEqualTo(rendered);
    }

    @Test
    void shouldKeepTheExampleFileValidAndComplete() throws IOException {
        Path example = Path.of("src/main/config/session-events.properties");

        assertThat(Configuration.loader().withFile(example).load().kafka().bootstrapServers())
                .isEqualTo(KafkaSettings.SHIPPED_SERVERS);
        assertThat(Files.readString(example))
                .contains(Configuration.KEYS.settings().stream()
                        .map(Setting::name)
                        .toList());
    }

    private static ConfigurationLoader<Configuration> minimal() {
        return Configuration.loader().withFlags(REQUIRED);
    }
}
