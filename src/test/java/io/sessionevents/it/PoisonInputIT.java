package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.v1.SessionIdEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every format, a tombstone and 1,000 kinds of garbage in one topic. */
class PoisonInputIT {
    private static final long SEED = 20261123;
    private static final int GARBAGE = 1000;
    private static final Set<String> REASONS = new HashSet<>(
            Arrays.stream(DeadLetterReason.values()).map(DeadLetterReason::code).toList());

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final SessionFactory factory = new SessionFactory(random, 1);
    private final Set<SessionKey> good = new HashSet<>();

    @Test
    void shouldTrackEveryGoodSessionAndDeadLetterEverythingElse() throws IOException, InterruptedException {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var registry = environment.registryClient();
                var serde = new RegistryAvroSerde<SessionIdEvent>(registry, true);
                var publisher = new Publisher(environment);
                var running = RunningService.quick(environment, Map.of("input.schema.patience", "2 s"));
                var events = new Events(environment)) {
            Map<String, Integer> bad = new HashMap<>();
            byte[] framed = serde.serializer()
                    .serialize(LocalEnvironment.INPUT, new SessionIdEvent("app", "avro", Map.of(), null, null));
            for (int i = 0; i < GARBAGE; i++) {
                byte[] garbage = garbage(i, framed);
                bad.merge(name(null, garbage), 1, Integer::sum);
                publisher.publish(null, garbage);
                if (i % 50 == 0) {
                    publishGood(environment, publisher, serde, i / 50);
                }
            }
            publisher.publish("no session".getBytes(UTF_8), null);
            bad.merge(name("no session".getBytes(UTF_8), null), 1, Integer::sum);

            assertThat(deadLetters(environment, GARBAGE + 1))
                    .as("seed %d", SEED)
                    .isEqualTo(bad);
            await().untilAsserted(() -> assertThat(events.all().stream().map(ObservedChange::key))
                    .containsExactlyInAnyOrderElementsOf(good));
            assertThat(running.service().running()).isTrue();
        }
    }

    private void publishGood(
            LocalEnvironment environment, Publisher publisher, RegistryAvroSerde<SessionIdEvent> serde, int kind) {
        SimulatedSession session = factory.minimal(factory.key()).then("IDLE", Instant.now());
        SessionKey key = session.key();
        environment.emr().add(session);
        good.add(key);
        switch (kind % 6) {
            case 0 -> publisher.publish(key);
            case 4 -> publisher.publish(0L, null, key.toString().getBytes(UTF_8));
            case 5 -> publisher.publish(Long.MAX_VALUE / 2, null, key.toString().getBytes(UTF_8));
            case 1 ->
                publisher.publish("{\"applicationId\":\"%s\",\"sessionId\":\"%s\",\"more\":[1]}"
                        .formatted(key.applicationId(), key.sessionId()));
            case 2 ->
                publisher.publish("arn:aws:emr-serverless:us-east-1:123456789012:/applications/%s/sessions/%s"
                        .formatted(key.applicationId(), key.sessionId()));
            default ->
                publisher.publish(
                        "any key".getBytes(UTF_8),
                        serde.serializer()
                                .serialize(
                                        LocalEnvironment.INPUT,
                                        new SessionIdEvent(
                                                key.applicationId(), key.sessionId(), Map.of(), null, null)));
        }
    }

    /** Kinds in turn; within a kind, what is drawn differs. */
    private byte[] garbage(int number, byte[] framed) {
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        return switch (number % 14) {
            case 0 -> first(noise, (byte) (1 + random.nextInt(8)));
            case 1 ->
                ByteBuffer.allocate(5 + noise.length)
                        .put((byte) 0)
                        .putInt(1000 + number)
                        .put(noise)
                        .array();
            case 2 -> Arrays.copyOf(framed, framed.length - 1 - random.nextInt(framed.length - 5));
            case 3 -> Arrays.copyOf(framed, framed.length + 1 + random.nextInt(20));
            case 4 ->
                ByteBuffer.allocate(5 + noise.length)
                        .put(framed, 0, 5)
                        .put(first(noise, (byte) 1))
                        .array();
            case 5 -> ("../x" + number).getBytes(UTF_8);
            case 6 -> ("App/UPPER" + number).getBytes(UTF_8);
            case 7 -> new byte[0];
            case 8 -> ("{\"applicationId\":\"a\",\"sessionId\":" + number + "}").getBytes(UTF_8);
            case 9 -> ("{\"applicationId\":\"a\"" + number).getBytes(UTF_8);
            case 10 -> ("{\"applicationId\":\"..\",\"sessionId\":\"../" + number + "\"}").getBytes(UTF_8);
            case 11 -> ("arn:aws:s3:::bucket/" + number).getBytes(UTF_8);
            case 12 -> ("no session at all " + number).getBytes(UTF_8);
            default -> number < 14 ? large() : first(noise, (byte) 0xC3);
        };
    }

    private static byte[] first(byte[] bytes, byte first) {
        bytes[0] = first;
        return bytes;
    }

    private static byte[] large() {
        byte[] large = new byte[5 * 1024 * 1024];
        Arrays.fill(large, (byte) 'x');
        return large;
    }

    /** Each dead letter's bytes, and how often they came. */
    private static Map<String, Integer> deadLetters(LocalEnvironment environment, int expected) {
        Map<String, Integer> letters = new HashMap<>();
        Map<String, Integer> reasons = new TreeMap<>();
        await().until(() -> environment.deadLetters().size() >= expected);
        environment.deadLetters().forEach(record -> {
            letters.merge(name(record.key(), record.value()), 1, Integer::sum);
            String reason = new String(
                    record.headers().lastHeader("session-events.reason").value(), UTF_8);
            assertThat(REASONS).contains(reason);
            assertThat(record.headers().lastHeader("__streams.errors.offset")).isNotNull();
            reasons.merge(reason, 1, Integer::sum);
        });
        assertThat(reasons.keySet())
                .contains(
                        "unreadable-frame",
                        "unknown-schema",
                        "unreadable-avro",
                        "unreadable-json",
                        "unreadable-text",
                        "bad-identifier",
                        "empty-value",
                        "too-large",
                        "tombstone-without-session");
        return letters;
    }

    private static String name(
            byte @org.jspecify.annotations.Nullable [] key, byte @org.jspecify.annotations.Nullable [] value) {
        return Arrays.hashCode(key) + ":" + Arrays.hashCode(value) + ":" + (value == null ? -1 : value.length);
    }
}
