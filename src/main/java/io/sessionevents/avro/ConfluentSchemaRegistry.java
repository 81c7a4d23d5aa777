package io.sessionevents.avro;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.sessionevents.avro.RegistryException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.jspecify.annotations.Nullable;

/**
 * The port on Confluent's own client, as Apache Flink republishes it. The only class that knows it: schema texts cross
 * the border between its relocated Avro and ours. Takes Confluent's settings as they are. Safe for use by many threads;
 * blocks for at most a few seconds. Its own loggers are off, because they write URLs with passwords and texts of schemas.
 */
public final class ConfluentSchemaRegistry implements SchemaRegistry, SubjectRegistry, AutoCloseable {
    private static final int CACHE_CAPACITY = 1000;
    private static final String TIMEOUT_MILLIS = "2000";
    private static final int ATTEMPTS = 3;
    private static final IntervalFunction WAITS = IntervalFunction.ofExponentialBackoff(200, 2);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(4);

    private final RegistryFailures failures;
    private final boolean autoRegister;
    private final boolean useLatest;
    private final boolean normalize;
    private final RestService rest;
    private final SchemaRegistryClient client;
    private final RegistryListener listener;
    private final LongSupplier nanoClock;
    private final Map<Written, Integer> idsBySubject = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemasById = new ConcurrentHashMap<>();
    private final Retry retry = Retry.of(
            "schema-registry",
            RetryConfig.custom()
                    .maxAttempts(ATTEMPTS)
                    .intervalFunction(WAITS)
                    .retryOnException(ConfluentSchemaRegistry::unavailable)
                    .build());

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "schema-registry",
            CircuitBreakerConfig.custom()
                    .slidingWindow(1, 1, SlidingWindowType.COUNT_BASED)
                    .recordException(ConfluentSchemaRegistry::unavailable)
                    .waitDurationInOpenState(LEFT_ALONE)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .build());

    private record Written(String subject, Schema schema) {}

    /**
     * A client of the registry; makes no call yet.
     *
     * @param settings Confluent's own keys, {@code schema.registry.url} among them
     */
    public ConfluentSchemaRegistry(Map<String, ?> settings) {
        this(settings, (failure, took) -> {}, () -> 0);
    }

    /** The same with a listener, which the clock tells how long a call took. */
    public ConfluentSchemaRegistry(Map<String, ?> settings, RegistryListener listener, LongSupplier nanoClock) {
        this.listener = listener;
        this.nanoClock = nanoClock;
        var urls = new RegistryUrls(String.valueOf(settings.get("schema.registry.url")));
        Map<String, Object> client = new HashMap<>(settings);
        List.of("http.connect.timeout.ms", "http.read.timeout.ms")
                .forEach(key -> client.putIfAbsent(key, TIMEOUT_MILLIS));
        this.autoRegister = flag(settings, "auto.register.schemas", true);
        this.useLatest = flag(settings, "use.latest.version", false);
        this.normalize = flag(settings, "normalize.schemas", false);
        this.failures = new RegistryFailures(urls);
        this.rest = new RestService(urls.each());
        this.client = new CachedSchemaRegistryClient(
                rest, CACHE_CAPACITY, List.of(new AvroSchemaProvider()), client, Map.of());
    }

    @Override
    public int idOf(String subject, Schema schema) {
        Integer known = idsBySubject.get(new Written(subject, schema));
        if (known != null) {
            return known;
        }
        int id = persistently(() -> ask("subject " + subject, () -> askId(subject, schema)));
        idsBySubject.put(new Written(subject, schema), id);
        return id;
    }

    @Override
    public Schema byId(int id) {
        Schema known = schemasById.get(id);
        if (known != null) {
            return known;
        }
        String about = RegistryFailures.ID + id;
        Schema schema = ask(about, () -> {
            var found = rest.getId(id);
            return readable(about, found.getSchemaType(), found.getSchemaString(), found.getReferences());
        });
        schemasById.put(id, schema);
        return schema;
    }

    @Override
    public List<Registered> versions(String subject) {
        return ask("subject " + subject, () -> {
            List<Registered> versions = new ArrayList<>();
            for (int version : known(() -> client.getAllVersions(subject)).orElse(List.of())) {
                var found = client.getSchemaMetadata(subject, version);
                Schema schema = readable(
                        "version " + version + " of subject " + subject,
                        found.getSchemaType(),
                        found.getSchema(),
                        found.getReferences());
                versions.add(new Registered(version, found.getId(), schema));
            }
            return versions;
        });
    }

    private static Schema readable(String about, @Nullable String type, String text, @Nullable List<?> references) {
        return new ReadableSchema(about, type, text, references != null && !references.isEmpty()).avro();
    }

    @Override
    public boolean compatible(String subject, Schema schema) {
        return ask(
                "compatibility with subject " + subject,
                () -> client.testCompatibility(subject, new AvroSchema(schema.toString())));
    }

    @Override
    public Optional<String> compatibilityLevel(String subject) {
        return ask("compatibility level of subject " + subject, () -> known(() -> client.getCompatibility(subject)));
    }

    @Override
    public void setCompatibilityLevel(String subject, String level) {
        String _ = ask("compatibility level of subject " + subject, () -> client.updateCompatibility(subject, level));
    }

    @Override
    public int register(String subject, Schema schema) {
        return ask("subject " + subject, () -> client.register(subject, new AvroSchema(schema.toString()), normalize));
    }

    /** Empty where the registry answers that there is none. */
    private static <T> Optional<T> known(RegistryCall<T> call) throws IOException, RestClientException {
        try {
            return Optional.of(call.call());
        } catch (RestClientException e) {
            if (e.getStatus() == 404 && answer(e).saidByTheRegistry()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T persistently(Supplier<T> question) {
        boolean healthy = breaker.getState() == CircuitBreaker.State.CLOSED;
        try {
            return breaker.executeSupplier(healthy ? Retry.decorateSupplier(retry, question) : question);
        } catch (CallNotPermittedException e) {
            throw new RegistryException(
                    Kind.UNAVAILABLE,
                    "The schema registry at " + failures.urls() + " did not answer a moment ago and is left alone for "
                            + LEFT_ALONE.toSeconds() + " s.",
                    e);
        }
    }

    private static boolean unavailable(Throwable failure) {
        return failure instanceof RegistryException registry && registry.kind() == Kind.UNAVAILABLE;
    }

    private int askId(String subject, Schema schema) throws IOException, RestClientException {
        var theirs = new AvroSchema(schema.toString());
        if (useLatest) {
            return client.getLatestSchemaMetadata(subject).getId();
        }
        return autoRegister ? client.register(subject, theirs, normalize) : client.getId(subject, theirs, normalize);
    }

    private interface RegistryCall<T> {
        T call() throws IOException, RestClientException;
    }

    private <T> T ask(String about, RegistryCall<T> call) {
        long begin = nanoClock.getAsLong();
        try {
            T answer = answer(about, call);
            listener.asked(null, Duration.ofNanos(nanoClock.getAsLong() - begin));
            return answer;
        } catch (RegistryException e) {
            listener.asked(e.kind(), Duration.ofNanos(nanoClock.getAsLong() - begin));
            throw e;
        }
    }

    private <T> T answer(String about, RegistryCall<T> call) {
        try {
            return call.call();
        } catch (IOException e) {
            throw failures.unreachable(about, e);
        } catch (RestClientException e) {
            throw failures.answered(about, answer(e), String.valueOf(e.getMessage()));
        }
    }

    private static RegistryAnswer answer(RestClientException e) {
        return new RegistryAnswer(e.getStatus(), e.getErrorCode());
    }

    private static boolean flag(Map<String, ?> settings, String key, boolean fallback) {
        Object value = settings.get(key);
        return value == null ? fallback : Boolean.parseBoolean(value.toString());
    }
}
