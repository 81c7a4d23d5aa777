package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.UsageWriter;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageSample;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code tail --usage} shows of a topic that holds usage, a tombstone and something else. */
class TailIT {
    private static final UsageRecord CORRECTED = UsageSample.record(SessionSample.KEY, null, Map.of("team", "blue"));
    private static final UsageRecord ELSEWHERE = UsageSample.withoutNumbers(new SessionKey("eu", "app", "one"));

    @TempDir
    private static Path directory;

    private static LocalEnvironment environment;

    @BeforeAll
    static void start() throws IOException, InterruptedException, ExecutionException {
        environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", environment.kafka().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(LocalEnvironment.USAGE, 0, "other", "no usage".getBytes(UTF_8)))
                    .get();
            producer.send(new ProducerRecord<>(LocalEnvironment.USAGE, 0, "forgotten", null))
                    .get();
            producer.send(record(CORRECTED)).get();
            producer.send(record(ELSEWHERE)).get();
        }
    }

    @AfterAll
    static void stop() {
        environment.close();
    }

    @Test
    void shouldPrintUsage() {
        assertThat(tail(0, "--from-beginning", "--max", "2"))
                .contains("TIME ", "STATUS ")
                .contains("Offset 0 of partition 0 of session-usage cannot be read: ")
                .containsPattern("00g92n5o091bas09/00g92n6fhqd4qb09 +CORRECTED 2 +0\\.1 +1E-7 +12\\.000 .* team=blue")
                .containsPattern("eu:app/one +UNSETTLED 1 +· +· +·");
    }

    @Test
    void shouldPrintUsageOfOneSource() {
        assertThat(tail(0, "--from-beginning", "--max", "1", "--source", "eu", "--output", "json"))
                .contains("\"usageId\":\"" + ELSEWHERE.usageId() + "\"")
                .doesNotContain(CORRECTED.usageId().toString());
    }

    @Test
    void shouldEndWithWhatIsThereNow() {
        assertThat(tail(0, "--from-beginning", "--until-now", "--output", "json"))
                .contains(ELSEWHERE.usageId().toString(), CORRECTED.usageId().toString());
        assertThat(tail(0, "--until-now", "--output", "json")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--since, 1h, true, true",
        "--since, 2000-01-01T00:00:00Z, true, true",
        "--since, 2999-01-01T00:00:00Z, false, false",
        "--session, 00g92n5o091bas09/00g92n6fhqd4qb09, true, false",
        "--session, eu:app/one, false, true",
        "--session, app/one, false, false",
        "--session, arn:aws:emr-serverless:eu-west-1:123456789012:/applications/app/sessions/one, false, true",
        "--label, team=blue, true, false",
        "--label, team=red, false, false",
        "--source, eu, false, true"
    })
    void shouldPrintWhatIsChosen(String option, String value, boolean corrected, boolean elsewhere) {
        List<String> options = new ArrayList<>(List.of(option, value, "--until-now", "--output", "json"));
        if (!option.equals("--since")) {
            options.add("--from-beginning");
        }
        String printed = tail(0, options.toArray(String[]::new));

        assertThat(printed.contains(CORRECTED.usageId().toString())).isEqualTo(corrected);
        assertThat(printed.contains(ELSEWHERE.usageId().toString())).isEqualTo(elsewhere);
    }

    /** Of those that write as long as there is something, or for ever: they end at the first line that nobody takes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tail --usage --from-beginning",
                "tail --usage --from-beginning --output json",
                "dlq ls -X usage.topic=other -X dead.letter.topic=session-usage"
            })
    void shouldEndWithItsReader(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        environment.settings().forEach((key, value) -> arguments.addAll(List.of("-X", key + "=" + value)));
        var nobody = new Nobody();

        Commands.run(0, arguments, nobody, new StringWriter());

        assertThat(nobody.lines).isBetween(1, 2);
    }

    /** The writing end of a pipe that nobody reads. */
    private static final class Nobody extends Writer {
        private int lines;

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            lines += (int) new String(text, from, length)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            throw new IOException("Broken pipe");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void shouldNameTheTopicThatIsMissing() {
        assertThat(tail(1, "-X", "usage.topic=nowhere"))
                .contains("Topic nowhere does not exist. kafka-topics.sh ", "--topic nowhere");
    }

    private static ProducerRecord<String, byte[]> record(UsageRecord usage) {
        try (var registry = environment.registryClient();
                var serde = new RegistryAvroSerde<IndexedRecord>(registry, false)) {
            var writer = new UsageWriter(LocalEnvironment.USAGE, serde.serializer(), true, null);
            return new ProducerRecord<>(
                    LocalEnvironment.USAGE,
                    0,
                    usage.key().toString(),
                    writer.write(usage, bytes -> true).value());
        }
    }

    private static String tail(int exitCode, String... arguments) {
        List<String> command = new ArrayList<>(List.of("tail", "--usage"));
        environment.settings().forEach((key, value) -> command.addAll(List.of("-X", key + "=" + value)));
        command.addAll(List.of(arguments));
        return Commands.run(exitCode, command);
    }
}
