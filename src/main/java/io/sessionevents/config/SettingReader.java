package io.sessionevents.config;

import io.sessionevents.config.Configuration.Aws;
import io.sessionevents.config.Configuration.Lookups;
import io.sessionevents.config.Configuration.Topics;
import io.sessionevents.config.ConfigurationLoader.Value;
import io.sessionevents.masking.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the collected values into a {@link Configuration}, adding to the problems what is wrong with them. */
final class SettingReader {
    /** Where Kafka Streams looks for a name of the instance. */
    private static final List<String> GROUP_INSTANCE_IDS = List.of(
            "kafka.group.instance.id", "kafka.consumer.group.instance.id", "kafka.main.consumer.group.instance.id");

    private final Map<String, Value> values;
    private final List<String> problems;
    private final List<String> warnings = new ArrayList<>();

    SettingReader(Map<String, Value> values, List<String> problems) {
        this.values = values;
        this.problems = problems;
    }

    /** The configuration, or null if there are problems. */
    @Nullable
    Configuration read() {
        Settings.ALL.forEach(this::optional);
        var review = new KafkaReview(problems, warnings);
        values.forEach((key, value) -> {
            if (ConfigurationLoader.isKafkas(key)) {
                review.review(key, value);
            }
        });
        checkTogether();
        if (!problems.isEmpty()) {
            return null;
        }
        return new Configuration(
                get(Settings.APPLICATION_ID),
                get(Settings.BOOTSTRAP_SERVERS),
                new Topics(get(Settings.INPUT), get(Settings.OUTPUT), get(Settings.DEAD_LETTER)),
                get(Settings.PARTITIONS),
                new Aws(
                        optional(Settings.REGION),
                        optional(Settings.ACCOUNT),
                        optional(Settings.PROFILE),
                        optional(Settings.ENDPOINT)),
                new Lookups(
                        get(Settings.BUDGET_GET_SESSION),
                        get(Settings.MAX_CONCURRENT),
                        get(Settings.TIMEOUT),
                        get(Settings.ATTEMPTS),
                        get(Settings.BACKOFF),
                        get(Settings.BACKOFF_MAX),
                        get(Settings.INTERVAL_MIN)),
                get(Settings.RETENTION),
                get(Settings.SCHEMA_PATIENCE),
                get(Settings.EVENT_CONFIGURATION),
                get(Settings.CLOUD_EVENTS),
                get(Settings.STATE_STORE),
                get(Settings.INSTANCE_NAME),
                get(Settings.VALUE_SERDE),
                new Configuration.Http(
                        get(Settings.HTTP_HOST), get(Settings.HTTP_PORT), optional(Settings.HTTP_ADVERTISED)),
                passedThrough(Settings::isRegistryKey, ""),
                kafka(),
                List.copyOf(warnings));
    }

    /** Those that are given, on top of what {@code kafka.auth} stands for. */
    private Map<String, String> kafka() {
        Map<String, String> settings = new TreeMap<>(get(Settings.KAFKA_AUTH).settings(optional(Settings.PROFILE)));
        settings.putAll(passedThrough(ConfigurationLoader::isKafkas, KafkaKey.PREFIX));
        return Map.copyOf(settings);
    }

    private void checkTogether() {
        if (!problems.isEmpty()) {
            return;
        }
        if (get(Settings.BACKOFF).compareTo(get(Settings.BACKOFF_MAX)) > 0) {
            problems.add("lookup.retry.backoff " + text(Settings.BACKOFF) + " is longer than lookup.retry.backoff.max "
                    + text(Settings.BACKOFF_MAX) + ", expected at most that");
        }
        long different = Stream.of(Settings.INPUT, Settings.OUTPUT, Settings.DEAD_LETTER)
                .map(this::text)
                .distinct()
                .count();
        if (different < 3) {
            problems.add("input.topic, output.topic and dead.letter.topic must be three different topics, but are "
                    + text(Settings.INPUT) + ", " + text(Settings.OUTPUT) + " and " + text(Settings.DEAD_LETTER));
        }
        checkName();
        new KafkaTogether(problems, warnings).review(kafka());
    }

    private void checkName() {
        if (get(Settings.INSTANCE_NAME) == Configuration.InstanceName.NONE) {
            GROUP_INSTANCE_IDS.stream()
                    .map(values::get)
                    .filter(Objects::nonNull)
                    .map(given -> "instance.name is none, but " + given.source() + " gives the instance the name \""
                            + given.text() + "\", expected one of the two")
                    .forEach(problems::add);
        }
    }

    private String text(Setting<?> setting) {
        return Objects.requireNonNull(values.get(setting.name())).text();
    }

    private <T> T get(Setting<T> setting) {
        return Objects.requireNonNull(optional(setting), setting.name());
    }

    private <T> @Nullable T optional(Setting<T> setting) {
        Value value = values.get(setting.name());
        if (value == null || value.text().isBlank()) {
            if (setting.required()) {
                problems.add(
                        "Missing " + setting.name() + ", expected " + setting.expected() + "; set it in the file, as "
                                + setting.environmentVariable() + " or with -X " + setting.name() + "=…");
            }
            return null;
        }
        try {
            return setting.parser().apply(value.text());
        } catch (IllegalArgumentException e) {
            problems.add(setting.name() + " is \"" + Secrets.mask(setting.name(), value.text()) + "\" ("
                    + value.source() + "), expected " + setting.expected());
            return null;
        }
    }

    private Map<String, String> passedThrough(Predicate<String> chosen, String prefix) {
        Map<String, String> passed = new TreeMap<>();
        values.forEach((key, value) -> {
            if (chosen.test(key)) {
                passed.put(key.substring(prefix.length()), value.text());
            }
        });
        return Map.copyOf(passed);
    }
}
