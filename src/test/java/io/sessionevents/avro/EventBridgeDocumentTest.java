package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.DocumentBlocks;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.event.ruler.Ruler;

/** The event pattern of docs/operations.md, as AWS's own matcher reads it, and the input transformer. */
class EventBridgeDocumentTest {
    private static final String DOCUMENT = "docs/operations.md";
    private static final String EVENT = CloudTrailEventsTest.STARTED;

    @ParameterizedTest
    @CsvSource({
        "StartSession, StartSession, true",
        "StartSession, TerminateSession, true",
        "StartSession, StartJobRun, false",
        "emr-serverless.amazonaws.com, emr-containers.amazonaws.com, false",
        "aws.emr-serverless, aws.emr, false",
        "AWS API Call via CloudTrail, EMR Serverless Application State Change, false"
    })
    void shouldMatchTheCallsThatStartAndEndSessions(String replaced, String by, boolean matches) throws Exception {
        assertThat(Ruler.matchesRule(EVENT.replace(replaced, by), block("{", "json")))
                .isEqualTo(matches);
    }

    @Test
    void shouldMakeARecordOfTheEventThatTheServiceTakes() throws IOException {
        String body = block("{\"value\"", "").replace("<aws.events.event.json>", EVENT);
        JsonNode value = new ObjectMapper().readTree(body).path("value");
        var decoder = new SessionIdDecoder(
                (topic, bytes) -> {
                    throw new AssertionError("is no Avro");
                },
                new Sources(List.of(new Source(Source.DEFAULT, "eu-west-1", "222222222222"))));

        assertThat(value.path("type").asText()).isEqualTo("JSON");
        assertThat(decoder.decode(
                        "session-ids", null, value.path("data").toString().getBytes(UTF_8), new RecordHeaders()))
                .isEqualTo(new Request.Track(new SessionKey(Source.DEFAULT, "app", "s1"), Map.of()));
    }

    private static String block(String begins, String language) {
        return DocumentBlocks.all().stream()
                .filter(block -> block.document().equals(DOCUMENT)
                        && block.language().equals(language)
                        && block.lines().getFirst().startsWith(begins))
                .map(block -> String.join("\n", block.lines()))
                .findFirst()
                .orElseThrow();
    }
}
