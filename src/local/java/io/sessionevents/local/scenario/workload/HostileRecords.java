package io.sessionevents.local.scenario.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.scenario.workload.HostileRecord.Fate;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.testbed.LocalRegistry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Draws records that a publisher might send by mistake or on purpose: formats, sizes, compressions, schemas, keys, headers,
 * times. About every third is good. The same seed draws the same records. Not for use by several threads.
 */
public final class HostileRecords {
    private static final int KIBI = 1024;
    private static final int LARGEST = 768 * KIBI;
    private static final List<String> COMPRESSIONS = List.of("none", "gzip", "zstd", "lz4", "snappy");

    private final Random random;
    private final SessionFactory factory;
    private final HostileSchemas schemas;
    private int next;

    /** @param registry is taught what to answer for the schema ids of these records */
    public HostileRecords(long seed, LocalRegistry registry) {
        random = new Random(seed);
        factory = new SessionFactory(random, 1);
        schemas = new HostileSchemas(registry);
    }

    /** What a kind of record comes down to. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Draft(String kind, byte @Nullable [] value, Fate fate) {}

    /** The next one. */
    public HostileRecord next() {
        Draft draft = draft();
        byte[] key = draft.value() == null ? "no session".getBytes(UTF_8) : key();
        boolean large = draft.value() != null && draft.value().length > 900 * KIBI;
        return new HostileRecord(
                next,
                draft.kind(),
                key,
                draft.value(),
                headers(next++),
                large
                        ? (random.nextBoolean() ? "gzip" : "zstd")
                        : COMPRESSIONS.get(random.nextInt(COMPRESSIONS.size())),
                timestamp(),
                draft.fate());
    }

    private Draft draft() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> good(factory.key());
            case 4, 5 -> framed();
            case 6 -> badJson(factory.key());
            case 7, 8 -> badText(factory.key());
            case 9 -> large();
            case 10 -> noise();
            default ->
                new Draft("a tombstone without a session", null, new Fate.DeadLetter("tombstone-without-session"));
        };
    }

    private Draft good(SessionKey session) {
        String json = "{\"applicationId\":\"%s\",\"sessionId\":\"%s\"%s}";
        String plain = json.formatted(session.applicationId(), session.sessionId(), "");
        String text = switch (random.nextInt(8)) {
            case 0 -> " \t" + session + "\r\n";
            case 1 -> "\uFEFF" + session;
            case 2 -> plain;
            case 3 -> "\uFEFF" + plain;
            case 4 -> "\n\t " + plain + "\n";
            case 5 -> json.formatted(session.applicationId(), session.sessionId(), ",\"labels\":" + labels(64));
            case 6 ->
                "arn:aws:emr-serverless:us-east-1:123456789012:/applications/%s/sessions/%s"
                        .formatted(session.applicationId(), session.sessionId());
            default -> session.toString();
        };
        return new Draft("a session", text.getBytes(UTF_8), new Fate.Tracked(session));
    }

    /** In Confluent's frame, under an id that the registry answers for in one manner or another. */
    private Draft framed() {
        HostileSchemas.Manner manner = schemas.any(random);
        SessionKey session = factory.key();
        byte[] whole = Frames.of(manner.id(), session);
        if (manner.fate() != null) {
            return new Draft("schema: " + manner.name(), whole, manner.fate());
        }
        return switch (random.nextInt(4)) {
            case 0 -> dead("a frame cut off", Arrays.copyOf(whole, whole.length - 1), "unreadable-avro");
            case 1 -> dead("a frame too long", Arrays.copyOf(whole, whole.length + 1), "unreadable-avro");
            default -> new Draft("schema: " + manner.name(), whole, new Fate.Tracked(session));
        };
    }

    private Draft badJson(SessionKey session) {
        String members = "{\"applicationId\":\"%s\",\"sessionId\":\"%s\""
                .formatted(session.applicationId(), session.sessionId());
        return switch (random.nextInt(9)) {
            case 0 -> dead("an array", "[" + members + "}]", "unreadable-json");
            case 1 -> dead("JSON in JSON", "\"" + (members + "}").replace("\"", "\\\"") + "\"", "unreadable-json");
            case 2 -> dead("an envelope", "{\"payload\":" + members + "}}", "unreadable-json");
            case 3 -> dead("half an object", members, "unreadable-json");
            case 4 -> dead("two objects", members + "}" + members + "}", "unreadable-json");
            case 5 -> dead("deep nesting", "{\"a\":" + "[".repeat(5_000), "unreadable-json");
            case 6 -> dead("labels of numbers", members + ",\"labels\":{\"a\":1}}", "bad-labels");
            case 7 -> dead("a list of labels", members + ",\"labels\":[\"a\"]}", "bad-labels");
            default -> dead("too many labels", members + ",\"labels\":" + labels(65) + "}", "bad-labels");
        };
    }

    private Draft badText(SessionKey session) {
        return switch (random.nextInt(9)) {
            case 0 -> dead("quoted text", "\"" + session + "\"", "unreadable-text");
            case 1 -> dead("Latin-1", "é/sitzung".getBytes(ISO_8859_1), "unreadable-text");
            case 2 -> dead("UTF-16", session.toString().getBytes(UTF_16), "unreadable-text");
            case 3 -> dead("white space", " \n\t", "unreadable-text");
            case 4 ->
                dead("capitals", "App/" + session.sessionId().toUpperCase(java.util.Locale.ROOT), "bad-identifier");
            case 5 -> dead("a path", "../../" + session.sessionId(), "bad-identifier");
            case 6 -> dead("another ARN", "arn:aws:s3:::bucket/" + session.sessionId(), "unreadable-text");
            case 7 -> dead("no bytes", new byte[0], "empty-value");
            default -> dead("words", "session " + session.sessionId(), "unreadable-text");
        };
    }

    /** Compressible, as only such can pass the input topic. */
    private Draft large() {
        int bytes = switch (random.nextInt(40)) {
            case 0 -> 20 * KIBI * KIBI + random.nextInt(12 * KIBI * KIBI);
            case 1, 2, 3, 4 -> KIBI * KIBI + random.nextInt(KIBI * KIBI);
            default -> 2 * KIBI;
        };
        String reason = bytes > LARGEST ? "too-large" : "unreadable-text";
        byte[] value = new byte[bytes];
        Arrays.fill(value, (byte) ('a' + random.nextInt(26)));
        return dead("a large value", value, reason);
    }

    private Draft noise() {
        byte[] noise = new byte[5 + random.nextInt(200)];
        random.nextBytes(noise);
        return switch (random.nextInt(3)) {
            case 0 -> dead("another frame", first(noise, 1 + random.nextInt(8)), "unreadable-frame");
            case 1 -> dead("a frame of two bytes", new byte[] {0, 0}, "unreadable-frame");
            default ->
                dead(
                        "an id that nobody has",
                        ByteBuffer.wrap(first(noise, 0))
                                .putInt(1, 900_000 + random.nextInt(1_000))
                                .array(),
                        "unknown-schema");
        };
    }

    private static byte[] first(byte[] bytes, int first) {
        bytes[0] = (byte) first;
        return bytes;
    }

    private static Draft dead(String kind, String text, String reason) {
        return dead(kind, text.getBytes(UTF_8), reason);
    }

    private static Draft dead(String kind, byte @Nullable [] value, String reason) {
        return new Draft(kind, value, new Fate.DeadLetter(reason));
    }

    private String labels(int number) {
        var labels = new StringBuilder("{");
        for (int i = 0; i < number; i++) {
            labels.append(i == 0 ? "" : ",")
                    .append("\"l")
                    .append(i)
                    .append("\":\"")
                    .append("ü".repeat(20))
                    .append('"');
        }
        return labels.append('}').toString();
    }

    private byte @Nullable [] key() {
        return switch (random.nextInt(20)) {
            case 0 -> new byte[0];
            case 1 -> "a/b".getBytes(UTF_8);
            case 2 -> new byte[random.nextInt(10 * KIBI)];
            default -> null;
        };
    }

    private List<Header> headers(int number) {
        List<Header> headers = new ArrayList<>();
        headers.add(
                new RecordHeader(HostileRecord.NUMBER, Integer.toString(number).getBytes(UTF_8)));
        switch (random.nextInt(20)) {
            case 0 -> headers.add(new RecordHeader("session-events.reason", "forged".getBytes(UTF_8)));
            case 1 -> headers.add(new RecordHeader("__streams.errors.offset", new byte[] {1}));
            case 2 -> headers.add(new RecordHeader("large", new byte[random.nextInt(20 * KIBI)]));
            case 3 -> {
                for (int i = random.nextInt(1_000); i > 0; i--) {
                    headers.add(new RecordHeader("", (byte[]) null));
                }
            }
            default -> {}
        }
        return headers;
    }

    private @Nullable Long timestamp() {
        return switch (random.nextInt(30)) {
            case 0 -> 0L;
            case 1 -> Long.MAX_VALUE / 2;
            default -> null;
        };
    }
}
