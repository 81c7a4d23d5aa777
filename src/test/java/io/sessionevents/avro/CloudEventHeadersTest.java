package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.sessionevents.session.Origin;
import io.sessionevents.session.Session;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Read by the CloudEvents SDK for Kafka, which knows nothing of this service. */
class CloudEventHeadersTest {
    private static final byte[] VALUE = {0, 0, 0, 0, 7};

    @Test
    void shouldBeReadByTheSdkOfCloudEvents() {
        StateChange change = change(SessionSample.in("TERMINATED").session(), SessionState.IDLE);
        CloudEvent event = read(change);

        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo(change.eventId().toString());
        assertThat(event.getSource())
                .isEqualTo(URI.create("arn:aws:emr-serverless:us-east-1:123456789012:/applications/00g92n5o091bas09"));
        assertThat(event.getType()).isEqualTo("io.sessionevents.session.state-changed.v1");
        assertThat(event.getSubject()).isEqualTo("00g92n5o091bas09/00g92n6fhqd4qb09");
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.ofInstant(SessionSample.START, ZoneOffset.UTC));
        assertThat(event.getDataContentType()).isEqualTo("application/avro");
        assertThat(event.getDataSchema()).isNull();
        assertThat(event.getExtensionNames()).containsExactlyInAnyOrder("state", "previousstate", "terminal");
        assertThat(event.getExtension("state")).isEqualTo("TERMINATED");
        assertThat(event.getExtension("previousstate")).isEqualTo("IDLE");
        assertThat(event.getExtension("terminal")).isEqualTo("true");
        assertThat(requireNonNull(event.getData()).toBytes()).isEqualTo(VALUE);
    }

    @Test
    void shouldNameNoPreviousStateAtFirstSight() {
        CloudEvent event = read(change(SessionSample.in("READY").session(), null));

        assertThat(event.getExtensionNames()).containsExactlyInAnyOrder("state", "terminal");
        assertThat(event.getExtension("state")).isEqualTo("UNKNOWN");
        assertThat(event.getExtension("terminal")).isEqualTo("false");
    }

    @Test
    void shouldReplaceHeadersOfTheSameNamesAndKeepOthers() {
        var headers =
                new RecordHeaders().add("ce_id", "foreign".getBytes(UTF_8)).add("traceparent", "kept".getBytes(UTF_8));
        CloudEventHeaders.set(headers, change(SessionSample.in("IDLE").session(), null), null);

        assertThat(headers.headers("ce_id")).hasSize(1);
        assertThat(headers.lastHeader("traceparent").value()).asString(UTF_8).isEqualTo("kept");
        assertThat(headers.lastHeader("content-type")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws-cn:emr-serverless:cn-north-1:1:/applications/a/sessions/b, arn:aws-cn:emr-serverless:cn-north-1:1:/applications/a",
        "arn:aws:something:new, arn:aws:something:new",
        "no uri at all, /applications/00g92n5o091bas09",
        "'', /applications/00g92n5o091bas09",
        "/sessions/b, /applications/00g92n5o091bas09"
    })
    void shouldAlwaysHaveASource(String arn, String source) {
        assertThat(read(change(withArn(SessionSample.in("IDLE").session(), arn), null))
                        .getSource())
                .isEqualTo(URI.create(source));
    }

    private static CloudEvent read(StateChange change) {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.set(headers, change, RegistryAvroSerde.CONTENT_TYPE);
        try (var reader = new CloudEventDeserializer()) {
            return reader.deserialize("out", headers, VALUE);
        }
    }

    private static StateChange change(Session session, @Nullable SessionState previous) {
        return new StateChange(
                SessionSample.KEY,
                1,
                previous,
                List.of(),
                SessionSample.START,
                SessionSample.START.plusSeconds(3),
                null,
                Map.of(),
                Origin.PUBLISHED,
                session);
    }

    private static Session withArn(Session s, String arn) {
        return new Session(
                s.applicationId(),
                s.sessionId(),
                arn,
                s.name(),
                s.state(),
                s.stateDetails(),
                s.releaseLabel(),
                s.executionRoleArn(),
                s.createdBy(),
                s.createdAt(),
                s.updatedAt(),
                s.startedAt(),
                s.endedAt(),
                s.idleSince(),
                s.configurationOverrides(),
                s.networkConfiguration(),
                s.idleTimeoutMinutes(),
                s.tags(),
                s.totalResourceUtilization(),
                s.billedResourceUtilization(),
                s.totalExecutionDurationSeconds());
    }
}
