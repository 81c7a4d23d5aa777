package io.sessionevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sessionevents.avro.CloudEventHeaders;
import io.sessionevents.session.AlertKind;
import io.sessionevents.session.AlertSample;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.HistorySample;
import io.sessionevents.session.Origin;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.SweepReason;
import io.sessionevents.session.UsageSample;
import io.sessionevents.session.UsageStatus;
import io.sessionevents.tracking.DeadLetterHeaders;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final HttpApi API = FakePorts.api(
            new FakeFleet()
                    .keep(FakeFleet.session("a/b", "IDLE"))
                    .keep(FakeFleet.session("a/c", "TERMINATED").withSettlement(UsageSample.settlement(true))),
            FakeSweeps.of(FakeSweeps.swept("a", null)),
            (key, since) -> HistorySample.of(key.toString()));

    @AfterAll
    static void close() {
        API.close();
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() {
        var options = new ParseOptions();
        options.setResolve(true);
        var parsed = new OpenAPIV3Parser().readContents(get("/openapi.yaml"), null, options);

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(parsed.getOpenAPI().getPaths().keySet())
                .containsExactlyInAnyOrderElementsOf(API.router().patterns());
        assertThat(parsed.getOpenAPI().getInfo().getVersion()).isEqualTo("1.2.3");
    }

    /** So that no member is added here and forgotten there. */
    @Test
    void shouldDescribeEveryMemberThatIsAnswered() throws IOException {
        JsonNode schemas = YAML.readTree(get("/openapi.yaml")).at("/components/schemas");

        assertDescribed(schemas.path("Session"), get("/api/v1/sessions/a/b"));
        JsonNode usage =
                new ObjectMapper().readTree(get("/api/v1/sessions/a/c")).path("usage");
        assertDescribed(schemas.path("Usage"), usage.toString());
        assertDescribed(schemas.path("BilledAmounts"), usage.path("billed").toString());
        assertDescribed(schemas.path("SessionPage"), get("/api/v1/sessions"));
        assertDescribed(schemas.path("Budget"), get("/api/v1/budget"));
        JsonNode sweeps = new ObjectMapper().readTree(get("/api/v1/applications"));
        assertDescribed(schemas.path("Sweeps"), sweeps.toString());
        assertDescribed(
                schemas.path("SourceSweeps"), sweeps.path("sources").path(0).toString());
        assertDescribed(
                schemas.path("SweptApplication"),
                sweeps.at("/sources/0/applications/0").toString());
        JsonNode fleet = new ObjectMapper().readTree(get("/api/v1/instances"));
        assertDescribed(schemas.path("Fleet"), fleet.toString());
        assertDescribed(schemas.path("Instance"), fleet.at("/instances/0").toString());
        assertDescribed(
                schemas.path("SweepSummary"), fleet.at("/instances/0/sweeps/0").toString());
        assertDescribed(
                schemas.path("SourceBudget"),
                fleet.at("/instances/0/budget/sources/0").toString());
        JsonNode history = new ObjectMapper().readTree(get("/api/v1/sessions/a/b/history"));
        assertDescribed(schemas.path("History"), history.toString());
        assertDescribed(
                schemas.path("SessionIdentity"), history.path("identity").toString());
        assertDescribed(schemas.path("HistoryChange"), history.at("/entries/0").toString());
        assertDescribed(schemas.path("HistoryUsage"), history.at("/entries/1").toString());
        assertDescribed(schemas.path("HistoryAlert"), history.at("/entries/2").toString());
        assertDescribed(
                schemas.path("HistoryUnreadable"), history.at("/entries/3").toString());
        assertDescribed(schemas.path("Info"), get("/api/v1/info"));
        assertDescribed(schemas.path("Health"), get("/health/ready"));
        assertDescribed(schemas.path("Problem"), get("/nowhere"));
        assertDescribed(schemas.path("SchemaList"), get("/schemas"));
    }

    @Test
    void shouldNameEveryStateAndStatus() throws IOException {
        JsonNode schemas = YAML.readTree(get("/openapi.yaml")).at("/components/schemas");

        assertThat(texts(schemas.at("/State/enum")))
                .containsExactlyElementsOf(
                        Stream.of(SessionState.values()).map(Enum::name).toList());
        assertThat(texts(schemas.at("/Status/enum")))
                .containsExactlyElementsOf(Stream.of(SessionStatus.values())
                        .map(SessionStatus::text)
                        .toList());
        assertThat(texts(schemas.at("/Usage/properties/status/enum")))
                .containsExactlyElementsOf(Stream.of(SettlementStatus.values())
                        .map(SettlementStatus::text)
                        .toList());
        assertThat(texts(schemas.at("/Session/properties/origin/enum")))
                .containsExactlyElementsOf(
                        Stream.of(Origin.values()).map(Enum::name).toList());
        assertThat(texts(schemas.at("/HistoryUsage/properties/status/enum")))
                .containsExactlyElementsOf(
                        Stream.of(UsageStatus.values()).map(Enum::name).toList());
        assertThat(texts(schemas.at("/HistoryAlert/properties/alertKind/enum")))
                .containsExactlyElementsOf(
                        Stream.of(AlertKind.values()).map(Enum::name).toList());
        assertThat(texts(schemas.at("/HistoryAlert/properties/unit/enum")))
                .containsExactlyElementsOf(
                        Stream.of(AlertKind.Unit.values()).map(Enum::name).toList());
        assertThat(texts(schemas.at("/HistoryAlert/properties/clearReason/enum")))
                .containsAll(Stream.of(SessionAlert.ClearReason.values())
                        .map(Enum::name)
                        .toList());
        assertThat(texts(schemas.at("/SweptApplication/properties/reason/enum")))
                .containsExactlyElementsOf(
                        Stream.of(SweepReason.values()).map(Enum::name).toList());
    }

    @Test
    void shouldDescribeTheTopicsAsConfigured() throws IOException {
        JsonNode document = YAML.readTree(get("/asyncapi.yaml"));

        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(document.at("/info/version").asText()).isEqualTo("1.2.3");
        assertThat(document.at("/channels/sessionIds/address").asText()).isEqualTo("ids");
        assertThat(document.at("/channels/sessionStateChanged/address").asText())
                .isEqualTo("changes");
        assertThat(document.at("/channels/sessionUsage/address").asText()).isEqualTo("usage");
        assertThat(document.at("/channels/sessionAlerts/address").asText()).isEqualTo("alerts");
        assertThat(document.at("/channels/deadLetters/address").asText()).isEqualTo("dead");
        assertThat(document.toString()).doesNotContain("${");
    }

    @Test
    void shouldReferToWhatThereIs() throws IOException {
        JsonNode document = YAML.readTree(get("/asyncapi.yaml"));
        List<String> references = document.findValuesAsText("$ref");

        assertThat(references).hasSizeGreaterThan(10);
        for (String reference : references) {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(API.router()
                                .answer("GET", reference.substring(1), null, null)
                                .status())
                        .as(reference)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void shouldNameEveryReasonOfADeadLetter() throws IOException {
        JsonNode reasons = YAML.readTree(get("/asyncapi.yaml"))
                .path("components")
                .path("messages")
                .path("DeadLetter")
                .path("headers")
                .path("properties")
                .path("session-events.reason")
                .path("enum");

        assertThat(texts(reasons))
                .containsExactlyInAnyOrderElementsOf(Stream.of(DeadLetterReason.values())
                        .map(DeadLetterReason::code)
                        .toList());
    }

    /** A mark has no reason: a reader that takes it for a dead letter finds a header missing. */
    @Test
    void shouldDescribeTheMarksOfReplaysByThemselves() throws IOException {
        JsonNode document = YAML.readTree(get("/asyncapi.yaml"));
        JsonNode mark = document.at("/components/messages/ReplayMark/headers");

        assertThat(texts(mark.path("required"))).containsExactly(DeadLetterHeaders.REPLAYED);
        assertThat(mark.path("properties").fieldNames()).toIterable().containsExactly(DeadLetterHeaders.REPLAYED);
        assertThat(texts(document.at("/components/messages/DeadLetter/headers/required")))
                .contains(DeadLetterHeaders.REASON);
        assertThat(document.at("/channels/deadLetters/messages").findValuesAsText("$ref"))
                .containsExactlyInAnyOrder("#/components/messages/DeadLetter", "#/components/messages/ReplayMark");
    }

    /** A name that is described and not sent, or the other way round, misleads every router. */
    @Test
    void shouldDescribeTheHeadersOfUsage() throws IOException {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.set(headers, UsageSample.record(SessionSample.KEY, null, Map.of()), "application/avro");
        List<String> names = Stream.of(headers.toArray()).map(Header::key).toList();
        JsonNode described =
                YAML.readTree(get("/asyncapi.yaml")).at("/components/messages/SessionUsage/headers/properties");

        assertThat(described.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(names);
        assertThat(described.at("/ce_type/const").asText()).isEqualTo(CloudEventHeaders.USAGE_TYPE);
        assertThat(texts(described.at("/ce_status/enum")))
                .containsExactlyElementsOf(
                        Stream.of(UsageStatus.values()).map(Enum::name).toList());
    }

    @Test
    void shouldDescribeTheHeadersOfAlerts() throws IOException {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.set(headers, AlertSample.raised(SessionSample.KEY, null, Map.of()), "application/avro");
        List<String> names = Stream.of(headers.toArray()).map(Header::key).toList();
        JsonNode described =
                YAML.readTree(get("/asyncapi.yaml")).at("/components/messages/SessionAlert/headers/properties");

        assertThat(described.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(names);
        assertThat(described.at("/ce_type/const").asText()).isEqualTo(CloudEventHeaders.ALERT_TYPE);
        assertThat(texts(described.at("/ce_kind/enum")))
                .containsExactlyElementsOf(
                        Stream.of(AlertKind.values()).map(Enum::name).toList());
        assertThat(texts(described.at("/ce_status/enum")))
                .containsExactlyElementsOf(
                        Stream.of(SessionAlert.Status.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"session-id-event", "session-state-changed", "session-usage", "session-alert"})
    void shouldOfferThePublicSchemas(String name) throws IOException {
        Schema schema = new Schema.Parser().parse(get("/schemas/" + name + ".avsc"));

        assertThat(schema.getNamespace()).isEqualTo("io.sessionevents.v1");
        assertThat(texts(new ObjectMapper().readTree(get("/schemas")).findParents("name"), "name"))
                .contains(name);
    }

    private static void assertDescribed(JsonNode schema, String answer) throws IOException {
        Set<String> described = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(described::add);
        Set<String> required = new TreeSet<>(texts(schema.path("required")));
        Set<String> answered = new TreeSet<>();
        new ObjectMapper().readTree(answer).fieldNames().forEachRemaining(answered::add);

        assertThat(answered).isSubsetOf(described).containsAll(required);
    }

    private static String get(String path) {
        return API.router().answer("GET", path, null, null).body();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> texts(List<JsonNode> objects, String name) {
        return objects.stream().map(object -> object.path(name).asText()).toList();
    }
}
