package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.settings.Configuration;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineInterfaceTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Configuration> started = new ArrayList<>();
    private Map<String, String> environment = Map.of();
    private String input = "";

    @Test
    void shouldRunTheServiceWithTheConfigurationOfAllLayers() {
        environment = Map.of("SESSION_EVENTS_BOOTSTRAP_SERVERS", "env:9092");

        assertThat(run("run", "-X", "schema.registry.url=http://r:8081", "-X", "input.topic=mine"))
                .isZero();

        assertThat(started).singleElement().satisfies(configuration -> {
            assertThat(configuration.kafka().bootstrapServers()).isEqualTo("env:9092");
            assertThat(configuration.topics().input()).isEqualTo("mine");
        });
    }

    @Test
    void shouldReportEveryProblemOfTheConfigurationAndEndWith2() {
        assertThat(run("run", "-X", "input.topik=x", "-X", "lookup.timeout=soon"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("did you mean input.topic?", "lookup.timeout is \"soon\"", "Missing bootstrap.servers")
                .doesNotContain("\tat ");
        assertThat(started).isEmpty();
    }

    @Test
    void shouldEndWith1AndOneLineWhenTheServiceFails() {
        assertThat(run("run", "-X", "bootstrap.servers=fail:1", "-X", "schema.registry.url=http://r"))
                .isEqualTo(1);

        assertThat(err.toString()).contains("session-events: broken").doesNotContain("\tat ");
    }

    @Test
    void shouldShowTheEffectiveConfigurationWithItsSourcesAndWithoutSecrets() {
        int code = run(
                "config",
                "-X",
                "bootstrap.servers=b:1",
                "-X",
                "schema.registry.url=http://me:pw@r",
                "-X",
                "basic.auth.user.info=me:pw");

        assertThat(code).isZero();
        assertThat(out.toString())
                .containsPattern("bootstrap\\.servers +b:1 +# flag -X bootstrap\\.servers")
                .containsPattern("budget\\.get-session +9\\.5 +# default")
                .doesNotContain("pw");
    }

    @Test
    void shouldShowEveryKeyAndWhatItSetsInKafkasStead() {
        assertThat(run("config", "-X", "bootstrap.servers=b:1", "-X", "kafka.consumer.linger.ms=7"))
                .isEqualTo(2);

        assertThat(Configuration.KEYS.settings())
                .allSatisfy(setting ->
                        assertThat(out.toString()).containsPattern("(?m)^" + Pattern.quote(setting.name()) + " .*# "));
        assertThat(out.toString())
                .containsPattern("(?m)^schema\\.registry\\.url +# missing")
                .containsPattern("(?m)^aws\\.region +# not set")
                .containsPattern("(?m)^kafka\\.state\\.dir +/.*/session-events +# default of session-events")
                .doesNotContain("\nkafka.linger.ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "run", "validate", "tail", "track", "topology", "schemas", "topics", "dlq"})
    void shouldPrintNoPasswordOfAUrlWhateverItHolds(String command) {
        environment = Map.of(
                "SESSION_EVENTS_SCHEMA_REGISTRY_URL", "http://me:a@geheim/b%:c@r:8081,https://x:geheim@s",
                "SESSION_EVENTS_AWS_ENDPOINT_URL", "https://me:/geheim@aws",
                "SESSION_EVENTS_PROXY_HOST", "me:geheim@proxy",
                "SESSION_EVENTS_BEARER_AUTH_TOKEN", "geheim",
                "KAFKA_SASL_JAAS_CONFIG", "x.Y required password=\"geheim",
                "KAFKA_SSL_KEY_PASSWORD", "geheim",
                "KAFKA_SOME_LOGIN_THING", "geheim",
                "KAFKA_BOOTSTRAP_SERVERS", "me:p@geheim@b:9092");

        String sub = switch (command) {
            case "schemas" -> "check";
            case "topics" -> "list";
            case "dlq" -> "ls";
            case "track" -> "app/session";
            default -> "";
        };
        assertThat(sub.isEmpty() ? run(command) : run(command, sub)).isEqualTo(2);

        assertThat(out.toString() + err).contains("schema.registry.url").doesNotContain("geheim");
    }

    @Test
    void shouldWarnOfAMistypedKeyOfKafkaAndGoOn() {
        assertThat(run(
                        "config",
                        "-X",
                        "bootstrap.servers=b:1",
                        "-X",
                        "schema.registry.url=http://r",
                        "-X",
                        "kafka.linger.msx=1"))
                .isZero();
        assertThat(err.toString()).contains("kafka.linger.msx", "did you mean kafka.linger.ms?");
    }

    @Test
    void shouldPrintItsVersions() {
        assertThat(run("version")).isZero();
        assertThat(out.toString()).contains("session-events test (Kafka 4.4.0, Java 25");
    }

    @Test
    void shouldEndWith2ForUsageErrors() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(run("tail", "--output", "xml")).isEqualTo(2);
    }

    @Test
    void shouldNameEverySessionThatIsNone() {
        input = "app/s1\n../x\n\nsome nonsense\napp\n";

        assertThat(run("track")).isEqualTo(2);
        assertThat(err.toString())
                .contains("line 2: applicationId \"..\"")
                .contains("line 4: neither a session nor an application: \"some nonsense\"")
                .doesNotContain("line 5");
    }

    @Test
    void shouldSayThatASessionIsMissing() {
        assertThat(run("track")).isEqualTo(2);
        assertThat(err.toString()).contains("no session given");
        assertThat(run("track", "--session-id", "s1")).isEqualTo(2);
        assertThat(err.toString()).contains("go together");
    }

    private int run(String... args) {
        var context = new CommandContext(
                environment,
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                false,
                InstantSource.fixed(Instant.EPOCH),
                ZoneOffset.UTC,
                "test",
                action -> {});
        var commandLine = CommandLineInterface.create(
                context,
                (configuration, interrupts) -> {
                    if (configuration.kafka().bootstrapServers().startsWith("fail")) {
                        throw new CommandFailedException("broken");
                    }
                    started.add(configuration);
                    return 0;
                },
                new NoInspection());
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return CommandLineInterface.execute(commandLine, context, args);
    }
}
