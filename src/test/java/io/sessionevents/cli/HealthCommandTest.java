package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.health.Health;
import io.sessionevents.http.HttpApi;
import io.sessionevents.http.HttpEndpoint;
import io.sessionevents.session.SweptApplications;
import io.sessionevents.session.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCommandTest {
    private static final Health.Check UP = new Health.Check("process", true, "answers");
    private static final Health.Check DOWN = new Health.Check("streams", false, "Kafka Streams is\u001b REBALANCING");

    private static final Health HEALTH = new Health() {
        @Override
        public List<Check> live() {
            return List.of(UP);
        }

        @Override
        public List<Check> started() {
            return List.of(new Check("start", true, "all that is needed was found"));
        }

        @Override
        public List<Check> ready() {
            return List.of(UP, DOWN);
        }

        @Override
        public List<Check> all() {
            return ready();
        }
    };

    @Test
    void shouldPrintEveryCheckAndTellByItsExitCode() throws IOException {
        try (var api = api();
                var http = HttpEndpoint.start("127.0.0.1", 0, api.router())) {
            String url = http.url().toString();

            var ready = Invocation.run("health", "--url", url);
            assertThat(ready.code()).isEqualTo(1);
            assertThat(ready.out())
                    .isEqualToNormalizingNewlines(
                            "UP   process      answers\nDOWN streams      Kafka Streams is? REBALANCING\n");
            assertThat(ready.err()).isEmpty();

            assertThat(Invocation.run("health", "--live", "--url", url + "/"))
                    .isEqualTo(new Invocation.Result(0, "UP   process      answers" + System.lineSeparator(), ""));
            var started = Invocation.run("health", "--started", "--url", url);
            assertThat(started.code()).isZero();
            assertThat(started.out()).contains("UP   start");
        }
    }

    /** As the service that is configured does, whatever else the configuration lacks. */
    @Test
    void shouldAskWhereTheConfigurationSaysThatTheServiceListens(@TempDir Path directory) throws IOException {
        try (var api = api();
                var http = HttpEndpoint.start("127.0.0.1", 0, api.router())) {
            int port = http.url().getPort();
            Path file = Files.writeString(directory.resolve("own.properties"), "http.port=" + port + "\n");

            for (String[] options : new String[][] {{"-c", file.toString()}, {"-X", "http.port=" + port}}) {
                assertThat(Invocation.run("health", "--live", options[0], options[1]))
                        .isEqualTo(new Invocation.Result(0, "UP   process      answers" + System.lineSeparator(), ""));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http.port=0, 'http.port is 0, a free port: give --url'",
        "http.port=http, 'http.port is \"http\" (flag -X http.port), expected a whole number from 0 to 65535'",
        "htp.port=1, 'Unknown key htp.port'"
    })
    void shouldSayWhatIsWrongWithTheConfiguredAddress(String setting, String text) {
        for (String command : List.of("health", "sessions")) {
            var result = Invocation.run(command, "-X", setting);

            assertThat(result.code()).as(result.err()).isEqualTo(2);
            assertThat(result.err()).contains(text);
        }
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThat(Invocation.run("health", "-c", "nowhere.properties").err()).contains("nowhere.properties");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        var result = Invocation.run("health", "--url", "http://127.0.0.1:1");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("No service answers at http://127.0.0.1:1: ");
    }

    @Test
    void shouldSayThatTheAnswerIsNoHealth() throws IOException {
        try (var api = api();
                var http = HttpEndpoint.start("127.0.0.1", 0, api.router())) {
            var result = Invocation.run("health", "--url", http.url() + "/somewhere");

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).startsWith("session-events: There are ").contains("/health/ready");
        }
    }

    @Test
    void shouldRefuseWhatIsNoUrlAndTwoQuestionsAtOnce() {
        assertThat(Invocation.run("health", "--url", "ftp://host").code()).isEqualTo(2);
        assertThat(Invocation.run("health", "--live", "--started").code()).isEqualTo(2);
    }

    private static HttpApi api() {
        return new HttpApi(
                "test",
                new Topics("in", "out", "usage", "alerts", false, "dead"),
                new HttpApi.Ports(
                        HEALTH,
                        () -> "",
                        "",
                        "",
                        notAsked(),
                        notAsked(),
                        notAsked(),
                        SweptApplications.NONE,
                        (key, since) -> {
                            throw new UnsupportedOperationException("only health is asked for");
                        }));
    }

    @SuppressWarnings("UnnecessaryLambda") // one for suppliers of three types
    private static <T> Supplier<T> notAsked() {
        return () -> {
            throw new UnsupportedOperationException("only health is asked for");
        };
    }
}
