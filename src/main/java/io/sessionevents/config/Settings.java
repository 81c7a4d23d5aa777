package io.sessionevents.config;

import io.sessionevents.config.Configuration.EventConfiguration;
import io.sessionevents.config.Configuration.StateStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Every key of ours, defined once: the loader, the documentation and the messages all read this. */
final class Settings {
    /** Keys that have another name now: the old one and the new one. */
    static final Map<String, String> RENAMED = Map.of("lookup.rate.per.second", "budget.get-session");

    private static final String DURATION = "a duration such as 5 s, 200 ms, 7 d, from 1 ms to 3650 d";

    static final Setting<String> APPLICATION_ID = optional(
            "application.id",
            "session-events",
            "a name",
            "Kafka Streams' application id: the consumer group, and the prefix of internal topics.",
            Parsers::topic);
    static final Setting<String> BOOTSTRAP_SERVERS = required(
            "bootstrap.servers",
            "host:port, separated by commas",
            "First Kafka brokers to connect to. `kafka.bootstrap.servers` is the same setting, as `kafka.application.id` is `application.id`; two values must be equal.",
            Parsers::brokers);
    static final Setting<KafkaAuth> KAFKA_AUTH = optional(
            "kafka.auth",
            "none",
            "none or msk-iam",
            "How to log in to Kafka. `msk-iam`: by IAM, for Amazon MSK, with the credentials of `aws.profile` or of the SDK's own chain. It sets `kafka.security.protocol`, `kafka.sasl.mechanism`, `kafka.sasl.jaas.config` and `kafka.sasl.client.callback.handler.class`; explicit values take precedence.",
            Parsers.constant(KafkaAuth.class));
    static final Setting<String> REGISTRY_URL = required(
            "schema.registry.url",
            "one or several http or https URLs, separated by commas (a password with @ or / goes into basic.auth.user.info, with basic.auth.credentials.source=USER_INFO)",
            "Confluent-compatible schema registry; a path in the URL works.",
            Parsers::httpUrls);
    static final Setting<String> INPUT =
            optional("input.topic", "session-ids", "a topic name", "Topic of published session IDs.", Parsers::topic);
    static final Setting<String> OUTPUT = optional(
            "output.topic", "session-state-changed", "a topic name", "Topic of change events.", Parsers::topic);
    static final Setting<String> DEAD_LETTER = optional(
            "dead.letter.topic",
            "session-ids-dlq",
            "a topic name",
            "Topic of records that cannot be understood and of sessions that were given up.",
            Parsers::topic);
    static final Setting<Integer> PARTITIONS = optional(
            "tracking.partitions",
            "12",
            "a whole number from 1 to 1000",
            "Partitions of the repartition topic: the most tasks, and the units in which the budget is split. Fixed once the topic exists.",
            Parsers.integer(1, 1000));
    static final Setting<String> REGION = without(
            "aws.region", "an AWS Region", "Region of the sessions. Default: the SDK's own chain.", Parsers::text);
    static final Setting<String> ACCOUNT = without(
            "aws.account.id",
            "12 digits",
            "Account of the sessions. If set, an ARN of another account is a dead letter, as one of another Region always is.",
            Parsers::accountId);
    static final Setting<String> PROFILE = without(
            "aws.profile",
            "a profile name",
            "Profile of the AWS configuration files. Default: the SDK's own chain.",
            Parsers::text);
    static final Setting<URI> ENDPOINT = without(
            "aws.endpoint.url",
            "an http or https URL without user info and query",
            "Endpoint instead of AWS's own.",
            Parsers::httpUri);
    static final Setting<Double> BUDGET_GET_SESSION = optional(
            "budget.get-session",
            "9.5",
            "a number from 0.001 to 1000000",
            "GetSession calls per second of the whole fleet, per account and Region. AWS publishes no limit for GetSession; GetJobRun has 10.",
            Parsers.number(0.001, 1e6));
    static final Setting<Integer> MAX_CONCURRENT = optional(
            "lookup.max.concurrent",
            "64",
            "a whole number from 1 to 10000",
            "Lookups in flight per instance.",
            Parsers.integer(1, 10_000));
    static final Setting<Duration> TIMEOUT =
            optional("lookup.timeout", "5 s", DURATION, "Time-out of one attempt.", Parsers::positiveDuration);
    static final Setting<Integer> ATTEMPTS = optional(
            "lookup.retry.max.attempts",
            "4",
            "a whole number from 1 to 100",
            "Attempts of one lookup, including the first. Each takes a permit of the budget.",
            Parsers.integer(1, 100));
    static final Setting<Duration> BACKOFF = optional(
            "lookup.retry.backoff",
            "200 ms",
            DURATION,
            "Longest back-off before the second attempt, doubled before each further one. The time is drawn from 0 up to this.",
            Parsers::positiveDuration);
    static final Setting<Duration> BACKOFF_MAX = optional(
            "lookup.retry.backoff.max", "10 s", DURATION, "Upper bound of the back-off.", Parsers::positiveDuration);
    static final Setting<Duration> INTERVAL_MIN = optional(
            "lookup.interval.min",
            "2 s",
            DURATION,
            "No session is looked up more often; otherwise the budget decides.",
            Parsers::positiveDuration);
    static final Setting<Duration> RETENTION = optional(
            "session.retention",
            "7 d",
            DURATION,
            "How long an ended session is remembered, so that a late ID does not repeat its events.",
            Parsers::positiveDuration);
    static final Setting<Duration> SCHEMA_PATIENCE = optional(
            "input.schema.patience",
            "1 min",
            DURATION,
            "How long an input record waits if the registry does not know its schema, because registries lag behind each other. Then it is a dead letter.",
            Parsers::positiveDuration);
    static final Setting<EventConfiguration> EVENT_CONFIGURATION = optional(
            "event.configuration",
            "redacted",
            "none, redacted or full",
            "What an event shows of a session's configuration overrides: nothing, everything but the values (***), or everything. AWS marks the values as sensitive.",
            Parsers.constant(EventConfiguration.class));
    static final Setting<Boolean> CLOUD_EVENTS = optional(
            "event.cloudevents",
            "true",
            "true or false",
            "Whether events carry the attributes of CloudEvents 1.0 as headers (binary mode); the value is the same either way.",
            Parsers::bool);
    static final Setting<StateStore> STATE_STORE = optional(
            "state.store",
            "persistent",
            "persistent or in-memory",
            "Where sessions are stored: on disk, or in memory and restored from the changelog at every start.",
            Parsers.constant(StateStore.class));
    static final Setting<Configuration.InstanceName> INSTANCE_NAME = optional(
            "instance.name",
            "auto",
            "auto or none (a name of your own goes into kafka.group.instance.id)",
            "Name of this instance in the consumer group. `auto`: drawn at the first start and kept in the state directory, so that a killed instance has its partitions as soon as it is back; it leaves the group when stopped. `none`: no name. `kafka.group.instance.id` gives it another, under which it stays in the group when stopped.",
            Parsers.constant(Configuration.InstanceName.class));
    static final Setting<String> VALUE_SERDE = optional(
            "value.serde.class",
            "io.sessionevents.avro.RegistryAvroSerde",
            "a class name",
            "Serde of the values of the input and output topics. It gets the registry's settings and must accept Avro's SpecificRecord.",
            Parsers::text);

    static final Setting<Integer> HTTP_PORT = optional(
            "http.port",
            "8080",
            "a whole number from 0 to 65535",
            "Port of health, metrics and the API; 0 for a free one, which the log names.",
            Parsers.integer(0, 65_535));
    static final Setting<String> HTTP_HOST = optional(
            "http.host",
            "127.0.0.1",
            "a host name or an address",
            "Address of health, metrics and the API; 0.0.0.0 for all addresses.",
            Parsers::text);
    static final Setting<String> HTTP_ADVERTISED = without(
            "http.advertised.address",
            "host:port, an IPv6 address in brackets",
            "Where other instances reach this one, to ask for its sessions. Default: `http.host` and the bound port, or this machine's name if `http.host` is all addresses. In Kubernetes use the pod's address, because its plain name is unknown to the others.",
            Parsers::hostAndPort);

    static final List<Setting<?>> ALL = List.of(
            APPLICATION_ID,
            BOOTSTRAP_SERVERS,
            KAFKA_AUTH,
            REGISTRY_URL,
            INPUT,
            OUTPUT,
            DEAD_LETTER,
            PARTITIONS,
            REGION,
            ACCOUNT,
            PROFILE,
            ENDPOINT,
            BUDGET_GET_SESSION,
            MAX_CONCURRENT,
            TIMEOUT,
            ATTEMPTS,
            BACKOFF,
            BACKOFF_MAX,
            INTERVAL_MIN,
            RETENTION,
            SCHEMA_PATIENCE,
            EVENT_CONFIGURATION,
            CLOUD_EVENTS,
            STATE_STORE,
            INSTANCE_NAME,
            VALUE_SERDE,
            HTTP_PORT,
            HTTP_HOST,
            HTTP_ADVERTISED);

    /** Keys of Confluent's client beside those with one of the prefixes. */
    static final Set<String> REGISTRY_KEYS = Set.of(
            "auto.register.schemas",
            "use.latest.version",
            "normalize.schemas",
            "latest.compatibility.strict",
            "id.compatibility.strict",
            "max.schemas.per.subject",
            "proxy.host",
            "proxy.port",
            "http.connect.timeout.ms",
            "http.read.timeout.ms");

    static final List<String> REGISTRY_PREFIXES = List.of("schema.registry.", "basic.auth.", "bearer.auth.");

    private Settings() {}

    static boolean isRegistryKey(String key) {
        return REGISTRY_KEYS.contains(key) || REGISTRY_PREFIXES.stream().anyMatch(key::startsWith);
    }

    /** The key that is meant where dots stand for hyphens, as in a variable of the environment; the same if none is. */
    static String spelledAs(String dotted) {
        return ALL.stream()
                .map(Setting::name)
                .filter(name -> name.replace('-', '.').equals(dotted))
                .findFirst()
                .orElse(dotted);
    }

    private static <T> Setting<T> required(String name, String expected, String doc, Function<String, T> parser) {
        return new Setting<>(name, null, true, expected, doc, parser);
    }

    private static <T> Setting<T> optional(
            String name, String fallback, String expected, String doc, Function<String, T> parser) {
        return new Setting<>(name, fallback, false, expected, doc, parser);
    }

    private static <T> Setting<T> without(String name, String expected, String doc, Function<String, T> parser) {
        return new Setting<>(name, null, false, expected, doc, parser);
    }
}
