package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.settings.Configuration;
import io.sessionevents.streams.StreamsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting of Kafka that a document, a manifest or the example file names is one, and arrives where it should. */
class RecipesTest {
    private static final Pattern RECIPE =
            Pattern.compile("(?<![\\w./-])kafka\\.(?!auth\\b)(?<key>[a-z][a-z._]*[a-z])=(?<value>[^\\s`,;)]+)");
    private static final Pattern MENTIONED = Pattern.compile("`kafka\\.(?!auth\\b)(?<key>[a-z][a-z._]*[a-z])[`=]");
    private static final Pattern VARIABLE = Pattern.compile("`KAFKA_(?<key>[A-Z_]*[A-Z])`");

    /** A variable that others take for an example of what is left alone. */
    private static final List<String> NOT_SETTINGS = List.of("OPTS", "HEAP_OPTS", "HOME", "PORT", "TOPIC");

    static Stream<String> recipes() throws IOException {
        return found(RECIPE).map(recipe -> recipe.group("key") + "=" + recipe.group("value"));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void shouldReachAClient(String recipe) {
        String key = recipe.substring(0, recipe.indexOf('='));
        String value = recipe.substring(recipe.indexOf('=') + 1);

        Configuration configuration = load(key, value);

        assertThat(configuration.warnings()).isEmpty();
        String name = key.replaceFirst("^((main|restore)\\.)?(consumer|producer|admin)\\.", "");
        assertThat(seen(configuration, name)).contains(value);
    }

    @Test
    void shouldNameKeysThatKafkaKnows() throws IOException {
        List<String> keys = Stream.concat(
                        found(MENTIONED).map(mentioned -> mentioned.group("key")),
                        found(VARIABLE)
                                .map(variable -> variable.group("key"))
                                .filter(name -> !NOT_SETTINGS.contains(name))
                                .map(name ->
                                        name.toLowerCase(java.util.Locale.ROOT).replace('_', '.')))
                .distinct()
                .toList();

        assertThat(keys)
                .hasSizeGreaterThan(20)
                .allSatisfy(key -> assertThat(known(key)).as(key).isTrue());
    }

    /** Whatever else is said of the value, and that the key may be refused: it is no mistyped one. */
    private static boolean known(String key) {
        try {
            return load(key, "1").warnings().isEmpty();
        } catch (io.sessionevents.config.ConfigurationException e) {
            return true;
        }
    }

    private static Configuration load(String key, String value) {
        Map<String, String> flags =
                new HashMap<>(Map.of("schema.registry.url", "http://r:8081", "kafka." + key, value));
        flags.putIfAbsent("bootstrap.servers", "b:9092");
        if (key.equals("bootstrap.servers")) {
            flags.remove("bootstrap.servers");
        }
        return Configuration.loader().withFlags(flags).load();
    }

    private static List<String> seen(Configuration configuration, String name) {
        var streams = new StreamsConfig(StreamsSettings.of(configuration.kafka()));
        return Stream.of(
                        streams.getMainConsumerConfigs("g", "c", 0),
                        streams.getRestoreConsumerConfigs("c"),
                        streams.getProducerConfigs("c"),
                        streams.getAdminConfigs("c"),
                        streams.values())
                .filter(client -> client.get(name) != null)
                .map(client -> client.get(name).toString())
                // Kafka Streams adds the number of the thread.
                .map(value -> name.equals("group.instance.id") ? value.replaceFirst("-0$", "") : value)
                .toList();
    }

    private static Stream<MatchResult> found(Pattern pattern) throws IOException {
        var files = new TreeSet<Path>();
        for (String place : List.of("docs", "deploy", "src/main/config", "README.md", "CHANGELOG.md")) {
            try (Stream<Path> walk = Files.walk(Path.of(place))) {
                walk.filter(path -> path.toString().matches(".*\\.(md|properties|yaml)|.*Dockerfile"))
                        .forEach(files::add);
            }
        }
        return files.stream().flatMap(path -> pattern.matcher(text(path)).results());
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
