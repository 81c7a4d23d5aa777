package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;

/** Where commands of the documents find what they name: the addresses of an environment, and Kafka's tools. */
final class DocumentedShell {
    private static final Map<String, String> TOOLS = Map.of(
            "kafka-topics.sh", "org.apache.kafka.tools.TopicCommand",
            "kafka-consumer-groups.sh", "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
            "kafka-streams-application-reset.sh", "org.apache.kafka.tools.StreamsResetter");

    private final LocalEnvironment environment;
    private final Path config;
    private final Path tools;
    private final String url;

    DocumentedShell(LocalEnvironment environment, Path directory, String url) throws IOException {
        this.environment = environment;
        this.config = Files.writeString(directory.resolve("own.properties"), "application.id=session-events\n");
        this.tools = Files.createDirectory(directory.resolve("tools"));
        this.url = url;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (Map.Entry<String, String> tool : TOOLS.entrySet()) {
            script(
                    tool.getKey(),
                    "exec '%s' -cp '%s' %s \"$@\""
                            .formatted(java, System.getProperty("java.class.path"), tool.getValue()));
        }
        // The broker here knows no rights; what would be asked of it is printed.
        script("kafka-acls.sh", "echo \"$@\"");
    }

    private void script(String name, String command) throws IOException {
        Files.setPosixFilePermissions(
                Files.writeString(tools.resolve(name), "#!/bin/sh\n" + command + "\n"),
                PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Where the service answers. */
    String url() {
        return url;
    }

    /** The configuration as variables. */
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        environment.settings().forEach((key, value) -> {
            String name = key.toUpperCase(Locale.ROOT).replace('.', '_');
            variables.put(key.startsWith("kafka.") ? name : "SESSION_EVENTS_" + name, value);
        });
        return variables;
    }

    /** The text with the names of this environment instead of those of the documents. */
    String here(String text) {
        return text.replaceAll("http://127\\.0\\.0\\.1:1?8080", url)
                .replaceAll(
                        "http://registry:8081|REGISTRY", environment.registry().url())
                .replaceAll("broker:9092|BROKER", environment.kafka().bootstrapServers())
                .replace("GROUP", "session-events")
                .replace(
                        "/var/lib/session-events",
                        environment.directory().resolve("state").toString())
                .replace("config/session-events.properties", config.toString())
                .replace("APPLICATION/SESSION", "00g92n5o091bas09/00frb7h1dyr6nv09")
                .replace("PARTITION:OFFSET", "0:0")
                .replace("REASON", "unreadable-text");
    }

    /** Runs a script; returns what it has printed. */
    String run(int exitCode, String script) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(List.of("sh", "-eu", "-c", here(script))).redirectErrorStream(true);
        builder.environment().merge("PATH", tools.toString(), (path, mine) -> mine + ":" + path);
        // What a document does to somebody's home is not to be done to that of whoever runs the tests.
        builder.environment().put("HOME", tools.toString());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(script + "%n%s".formatted(printed)).isEqualTo(exitCode);
        return printed;
    }

    /** Makes topics beside those that there are. */
    void create(List<String> topics) throws InterruptedException {
        try (Admin admin = admin()) {
            admin.createTopics(topics.stream()
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not make topics", e.getCause());
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", environment.kafka().bootstrapServers()));
    }

    /** All that the broker has. */
    Set<String> topics() throws InterruptedException {
        try (Admin admin = admin()) {
            return new TreeSet<>(admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not tell its topics", e.getCause());
        }
    }
}
