package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageSample;
import io.sessionevents.v1.SessionUsage;
import java.io.IOException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usage records as they lie in their topic. */
class UsageWriterTest {
    static {
        AvroSafety.apply();
    }

    private final UsageWriter writer =
            new UsageWriter("out", (topic, record) -> bytes(record), true, RegistryAvroSerde.CONTENT_TYPE);

    @Test
    void shouldBeReadByTheSdkOfCloudEvents() {
        UsageRecord usage = UsageSample.record(SessionSample.KEY, null, Map.of());
        var written = writer.write(usage, bytes -> true);
        CloudEvent event;
        try (var reader = new CloudEventDeserializer()) {
            event = reader.deserialize("out", written.headers(), written.value());
        }

        assertThat(event.getId()).isEqualTo(usage.usageId().toString());
        assertThat(event.getType()).isEqualTo("io.sessionevents.session.usage.v1");
        assertThat(event.getSource())
                .isEqualTo(URI.create("arn:aws:emr-serverless:us-east-1:123456789012:/applications/00g92n5o091bas09"));
        assertThat(event.getSubject()).isEqualTo("00g92n5o091bas09/00g92n6fhqd4qb09");
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.ofInstant(usage.settledAt(), ZoneOffset.UTC));
        assertThat(event.getDataContentType()).isEqualTo("application/avro");
        assertThat(event.getExtensionNames()).containsExactlyInAnyOrder("status", "revision");
        assertThat(event.getExtension("status")).isEqualTo("CORRECTED");
        assertThat(event.getExtension("revision")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10000000 |
            50000    | tags
            5000     | tags labels
            """)
    void shouldLeaveOutAsLittleAsIsNeededAndSaySo(long most, @Nullable String omitted) throws IOException {
        UsageRecord usage = UsageSample.record(SessionSample.KEY, strings(200, 300), strings(64, 400));

        SessionUsage event = SessionUsage.getDecoder()
                .decode(writer.write(usage, bytes -> bytes <= most).value());

        List<String> parts = omitted == null ? List.of() : List.of(omitted.split(" ", -1));
        assertThat(event.getOmitted()).isEqualTo(parts);
        assertThat(event.getTags() == null).isEqualTo(parts.contains("tags"));
        assertThat(event.getLabels().isEmpty()).isEqualTo(parts.contains("labels"));
        assertThat(event.getBilled()).isNotNull();
    }

    @Test
    void shouldSayWhatToDoIfTheRecordDoesNotFit() {
        UsageRecord usage = UsageSample.record(SessionSample.KEY, null, Map.of("team", "blue"));

        assertThatExceptionOfType(EventTooLargeException.class)
                .isThrownBy(() -> writer.write(usage, bytes -> bytes <= 100))
                .withMessageContaining("the usage of " + SessionSample.KEY)
                .withMessageContaining("max.message.bytes");
    }

    private static Map<String, String> strings(int count, int length) {
        Map<String, String> strings = new HashMap<>();
        for (int i = 0; i < count; i++) {
            strings.put("key" + i, "v".repeat(length));
        }
        return strings;
    }

    private static byte[] bytes(IndexedRecord record) {
        try {
            var buffer = SessionUsage.getEncoder().encode((SessionUsage) record);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
