package io.sessionevents.avro;

import static io.sessionevents.session.SessionSample.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sessionevents.session.Origin;
import io.sessionevents.session.Session;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.StateChange;
import io.sessionevents.v1.SessionStateChanged;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that would be larger than their topic takes. */
class ChangeWriterTest {
    /** Names of configuration properties: 1.5 MB, within AWS's limits. */
    private static final Session.ConfigurationOverrides OVERRIDES = new Session.ConfigurationOverrides(
            List.of(new Session.Configuration("spark", strings(15_000, 100), List.of())));

    private final ChangeWriter writer = new ChangeWriter(
            "out",
            new ChangeEvents(ConfigurationDetail.REDACTED),
            (topic, record) -> bytes(record),
            true,
            RegistryAvroSerde.CONTENT_TYPE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10000000 |
            1048588  | session.configurationOverrides
            50000    | session.configurationOverrides session.tags
            5000     | session.configurationOverrides session.tags labels
            """)
    void shouldLeaveOutAsLittleAsIsNeededAndSaySo(long most, @Nullable String omitted) throws IOException {
        StateChange change = change(OVERRIDES, strings(200, 300), strings(64, 400));

        SessionStateChanged event = event(writer.write(change, bytes -> bytes <= most));

        List<String> parts = omitted == null ? List.of() : List.of(omitted.split(" "));
        assertThat(event.getOmitted()).isEqualTo(parts);
        assertThat(event.getSession().getConfigurationOverrides() == null).isEqualTo(!parts.isEmpty());
        assertThat(event.getSession().getTags() == null).isEqualTo(parts.contains("session.tags"));
        assertThat(event.getLabels().isEmpty()).isEqualTo(parts.contains("labels"));
        assertThat(event.getState()).hasToString("IDLE");
    }

    @Test
    void shouldNotClaimToLeaveOutWhatIsNotThere() throws IOException {
        StateChange change = change(null, null, strings(64, 400));

        assertThat(event(writer.write(change, bytes -> bytes <= 5000)).getOmitted())
                .containsExactly("labels");
    }

    @Test
    void shouldCountKeyAndHeaders() {
        StateChange change = change(null, null, Map.of());
        var written = writer.write(change, bytes -> true);

        assertThatExceptionOfType(EventTooLargeException.class)
                .isThrownBy(() -> writer.write(change, bytes -> bytes <= written.value().length));
    }

    @Test
    void shouldSayWhatToDoIfTheEventDoesNotFitWhateverIsLeftOut() {
        assertThatExceptionOfType(EventTooLargeException.class)
                .isThrownBy(() -> writer.write(change(OVERRIDES, null, Map.of()), bytes -> bytes <= 100))
                .withMessageContaining("topic out")
                .withMessageContaining("max.message.bytes");
    }

    private static byte[] bytes(IndexedRecord record) {
        try {
            var buffer = SessionStateChanged.getEncoder().encode((SessionStateChanged) record);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SessionStateChanged event(ChangeWriter.Written written) throws IOException {
        return SessionStateChanged.getDecoder().decode(written.value());
    }

    private static StateChange change(
            Session.@Nullable ConfigurationOverrides overrides,
            @Nullable Map<String, String> tags,
            Map<String, String> labels) {
        Session session =
                SessionSample.in("IDLE").overrides(overrides).tags(tags).session();
        return new StateChange(
                SessionSample.KEY, 1, null, List.of(), START, START, null, labels, Origin.PUBLISHED, session);
    }

    private static Map<String, String> strings(int count, int length) {
        Map<String, String> strings = new HashMap<>();
        for (int i = 0; i < count; i++) {
            strings.put(i + "x".repeat(length - Integer.toString(i).length()), "v".repeat(10));
        }
        return strings;
    }
}
