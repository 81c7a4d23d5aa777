package io.sessionevents.local.scenario.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.local.scenario.workload.HostileRecord.Fate;
import io.sessionevents.local.testbed.LocalRegistry;
import io.sessionevents.local.testbed.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Schema ids of a registry, each with a manner of its own: schemas of every kind, refusals with and without the registry's code,
 * pages of proxies.
 */
final class HostileSchemas {
    /** A session ID event of others, with a field that the service does not know. */
    static final Schema READABLE = SchemaBuilder.record("SomebodysEvent")
            .namespace("org.example")
            .fields()
            .requiredString("applicationId")
            .optionalString("ticket")
            .requiredString("sessionId")
            .endRecord();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_ID = 500_000;
    private static final String HTML = "<html><body><h1>%d</h1>proxy</body></html>";

    private final List<Manner> manners = new ArrayList<>();

    /**
     * One id.
     *
     * @param fate of a record in its frame whose bytes are good; null: it is read
     */
    record Manner(int id, String name, @Nullable Fate fate) {}

    /** Teaches the registry its manners. */
    HostileSchemas(LocalRegistry registry) {
        say(registry, "a readable schema", null, 200, schema("AVRO", READABLE.toString(), ""));
        say(
                registry,
                "a slow answer",
                null,
                new Said(200, "application/json", schema(null, READABLE.toString(), ""), 1_500));
        unsupported(registry, "JSON Schema", 200, schema("JSON", "{\"type\":\"object\"}", ""));
        unsupported(registry, "Protobuf", 200, schema("PROTOBUF", "syntax = \"proto3\";", ""));
        unsupported(registry, "no Avro", 200, schema("AVRO", "{\"type\":\"record\",\"name\":\"Half\"}", ""));
        unsupported(registry, "not even JSON", 200, schema("AVRO", "syntax = \"proto3\";", ""));
        unsupported(
                registry,
                "references",
                200,
                schema(
                        "AVRO",
                        READABLE.toString(),
                        ",\"references\":[{\"name\":\"a\",\"subject\":\"a\",\"version\":1}]"));
        unsupported(registry, "400", 400, error(40001));
        unsupported(registry, "403", 403, error(40301));
        unsupported(registry, "422", 422, error(42202));
        say(registry, "40403", new Fate.DeadLetter("unknown-schema"), 404, error(40403));
        waits(registry, "a proxy's 404", Said.json(404, "{\"message\":\"no Route matched with those values\"}"));
        for (int status : new int[] {400, 401, 403, 404, 407, 429, 500, 502, 503, 504}) {
            waits(registry, "a page with " + status, new Said(status, "text/html", HTML.formatted(status), 0));
        }
        waits(registry, "a page with 200", new Said(200, "text/html", HTML.formatted(200), 0));
        waits(registry, "500", Said.json(500, error(50001)));
        waits(registry, "401", Said.json(401, error(40101)));
    }

    Manner any(RandomGenerator random) {
        return manners.get(random.nextInt(manners.size()));
    }

    private void unsupported(LocalRegistry registry, String name, int status, String body) {
        say(registry, name, new Fate.DeadLetter("unsupported-schema"), status, body);
    }

    private void waits(LocalRegistry registry, String name, Said said) {
        say(registry, name, new Fate.Waiting(), said);
    }

    private void say(LocalRegistry registry, String name, @Nullable Fate fate, int status, String body) {
        say(registry, name, fate, Said.json(status, body));
    }

    private void say(LocalRegistry registry, String name, @Nullable Fate fate, Said said) {
        var manner = new Manner(FIRST_ID + manners.size(), name, fate);
        manners.add(manner);
        registry.say(manner.id(), said);
    }

    private static String schema(@Nullable String type, String text, String more) {
        return "{\"schema\":" + JSON.valueToTree(text) + (type == null ? "" : ",\"schemaType\":\"" + type + "\"") + more
                + "}";
    }

    private static String error(int code) {
        return "{\"error_code\":" + code + ",\"message\":\"as it was asked for\"}";
    }
}
