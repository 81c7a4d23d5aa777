package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.sessionevents.session.AlertSample;
import io.sessionevents.session.SessionSample;
import io.sessionevents.v1.SessionAlert;
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

/** Alerts as they lie in their topic. */
class AlertWriterTest {
    static {
        AvroSafety.apply();
    }

    private final AlertWriter writer =
            new AlertWriter("out", (topic, record) -> bytes(record), true, RegistryAvroSerde.CONTENT_TYPE);

    @Test
    void shouldBeReadByTheSdkOfCloudEvents() {
        var alert = AlertSample.raised(SessionSample.KEY, null, Map.of());
        var written = writer.write(alert, bytes -> true);
        CloudEvent event;
        try (var reader = new CloudEventDeserializer()) {
            event = reader.deserialize("out", written.headers(), written.value());
        }

        assertThat(event.getId()).isEqualTo(alert.alertId().toString());
        assertThat(event.getType()).isEqualTo("io.sessionevents.session.alert.v1");
        assertThat(event.getSource())
                .isEqualTo(URI.create("arn:aws:emr-serverless:us-east-1:123456789012:/applications/00g92n5o091bas09"));
        assertThat(event.getSubject()).isEqualTo("00g92n5o091bas09/00g92n6fhqd4qb09");
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.ofInstant(alert.raisedAt(), ZoneOffset.UTC));
        assertThat(event.getDataContentType()).isEqualTo("application/avro");
        assertThat(event.getExtensionNames()).containsExactlyInAnyOrder("kind", "status", "crossing");
        assertThat(event.getExtension("status")).isEqualTo("RAISED");
        assertThat(event.getExtension("crossing")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10000000 |
            50000    | tags
            5000     | tags labels
            """)
    void shouldLeaveOutAsLittleAsIsNeededAndSaySo(long most, @Nullable String omitted) throws IOException {
        var alert = AlertSample.raised(SessionSample.KEY, strings(200, 300), strings(64, 400));

        SessionAlert event = SessionAlert.getDecoder()
                .decode(writer.write(alert, bytes -> bytes <= most).value());

        List<String> parts = omitted == null ? List.of() : List.of(omitted.split(" ", -1));
        assertThat(event.getOmitted()).isEqualTo(parts);
        assertThat(event.getTags() == null).isEqualTo(parts.contains("tags"));
        assertThat(event.getLabels().isEmpty()).isEqualTo(parts.contains("labels"));
    }

    @Test
    void shouldSayWhatToDoIfTheRecordDoesNotFit() {
        var alert = AlertSample.raised(SessionSample.KEY, null, Map.of("team", "blue"));

        assertThatExceptionOfType(EventTooLargeException.class)
                .isThrownBy(() -> writer.write(alert, bytes -> bytes <= 100))
                .withMessageContaining("an alert of " + SessionSample.KEY)
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
            var buffer = SessionAlert.getEncoder().encode((SessionAlert) record);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
