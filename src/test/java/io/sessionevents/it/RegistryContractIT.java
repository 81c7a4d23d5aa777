package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.RegistryException;
import io.sessionevents.local.testbed.LocalRegistry;
import io.sessionevents.local.testbed.Registry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the service and its consumers need of a registry: the small one of the local environment behaves as a real one. */
@ParameterizedClass(name = "{0}")
@MethodSource("kinds")
class RegistryContractIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Schema FIRST = SchemaBuilder.record("Thing")
            .namespace("contract")
            .fields()
            .requiredString("name")
            .endRecord();
    private static final Schema WITH_DEFAULT = SchemaBuilder.record("Thing")
            .namespace("contract")
            .fields()
            .requiredString("name")
            .optionalString("note")
            .endRecord();
    private static final Schema INCOMPATIBLE = SchemaBuilder.record("Thing")
            .namespace("contract")
            .fields()
            .requiredString("name")
            .requiredLong("size")
            .endRecord();

    private static Registry registry;
    private static HttpClient http;

    /** Which registry. */
    enum Kind {
        LOCAL,
        APICURIO
    }

    private record Answer(int status, JsonNode body) {}

    static Stream<Kind> kinds() {
        return Containers.available("the contract of schema registries")
                ? Stream.of(Kind.values())
                : Stream.of(Kind.LOCAL);
    }

    @BeforeParameterizedClassInvocation
    static void start(Kind kind) throws IOException {
        http = HttpClient.newHttpClient();
        registry = switch (kind) {
            case LOCAL -> LocalRegistry.start(new LocalRegistry.Options(0, "/apis/ccompat/v7", null, null, false));
            case APICURIO -> Containers.registry();
        };
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        registry.close();
        http.close();
    }

    RegistryContractIT(Kind kind) {
        assertThat(kind).isNotNull();
    }

    @Test
    void shouldGiveOneIdToOneSchema() throws IOException, InterruptedException {
        int id = register("one-value", FIRST).body().path("id").asInt();

        assertThat(register("one-value", FIRST).body().path("id").asInt()).isEqualTo(id);
        JsonNode byId = get("/schemas/ids/" + id).body();
        assertThat(new Schema.Parser().parse(byId.path("schema").asText())).isEqualTo(FIRST);
    }

    @Test
    void shouldCountVersionsAndKnowTheLatest() throws IOException, InterruptedException {
        register("versions-value", FIRST);
        int second = register("versions-value", WITH_DEFAULT).body().path("id").asInt();

        assertThat(get("/subjects/versions-value/versions").body()).hasToString("[1,2]");
        JsonNode latest = get("/subjects/versions-value/versions/latest").body();
        assertThat(latest.path("version").asInt()).isEqualTo(2);
        assertThat(latest.path("id").asInt()).isEqualTo(second);
        assertThat(latest.path("subject").asText()).isEqualTo("versions-value");
        assertThat(get("/subjects").body().toString()).contains("\"versions-value\"");
    }

    @Test
    void shouldFindASchemaUnderItsSubject() throws IOException, InterruptedException {
        int id = register("found-value", FIRST).body().path("id").asInt();

        Answer known = post("/subjects/found-value", FIRST.toString());
        Answer unknown = post("/subjects/found-value", INCOMPATIBLE.toString());

        assertThat(known.body().path("id").asInt()).isEqualTo(id);
        assertThat(known.body().path("version").asInt()).isEqualTo(1);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().path("error_code").asInt()).isEqualTo(40403);
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException, InterruptedException {
        Answer schema = get("/schemas/ids/99999");
        Answer subject = get("/subjects/nobody-value/versions");
        register("few-value", FIRST);
        Answer version = get("/subjects/few-value/versions/7");

        assertThat(schema.status()).isEqualTo(404);
        assertThat(schema.body().path("error_code").asInt()).isEqualTo(40403);
        assertThat(subject.status()).isEqualTo(404);
        assertThat(subject.body().path("error_code").asInt()).isEqualTo(40401);
        assertThat(version.status()).isEqualTo(404);
        assertThat(version.body().path("error_code").asInt()).isEqualTo(40402);
    }

    @Test
    void shouldRefuseWhatIsNoSchema() throws IOException, InterruptedException {
        Answer refused = post("/subjects/bad-value/versions", "{\"type\":\"nonsense\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("error_code").asInt()).isEqualTo(42201);
    }

    @Test
    void shouldHoldCompatibility() throws IOException, InterruptedException {
        register("strict-value", FIRST);
        Answer level = put("/config/strict-value", "{\"compatibility\":\"FULL_TRANSITIVE\"}");

        Answer refused = post("/subjects/strict-value/versions", INCOMPATIBLE.toString());
        Answer accepted = post("/subjects/strict-value/versions", WITH_DEFAULT.toString());

        assertThat(level.status()).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(compatible("strict-value", INCOMPATIBLE)).isFalse();
        assertThat(compatible("strict-value", WITH_DEFAULT)).isTrue();
    }

    @Test
    void shouldServeTheClientOfTheService() throws IOException {
        // A registry that has just started may take seconds for its first answers on a busy machine.
        var patient = Map.of("schema.registry.url", registry.url(), "http.read.timeout.ms", "60000");
        try (var client = new ConfluentSchemaRegistry(patient)) {
            int id = client.idOf("client-value", FIRST);

            assertThat(client.byId(id)).isEqualTo(FIRST);
            assertThatThrownBy(() -> client.byId(77_777)).isInstanceOf(RegistryException.class);
        }
    }

    private boolean compatible(String subject, Schema schema) throws IOException, InterruptedException {
        return post("/compatibility/subjects/" + subject + "/versions/latest", schema.toString())
                .body()
                .path("is_compatible")
                .asBoolean();
    }

    private Answer register(String subject, Schema schema) throws IOException, InterruptedException {
        Answer answer = post("/subjects/" + subject + "/versions", schema.toString());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer;
    }

    private Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private Answer post(String path, String schema) throws IOException, InterruptedException {
        String body = JSON.createObjectNode().put("schema", schema).toString();
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer put(String path, String body) throws IOException, InterruptedException {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(registry.url() + path)).header("Content-Type", TYPE);
    }

    private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }
}
