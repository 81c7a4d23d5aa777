package io.sessionevents.local.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * So many sessions that each would wait long for its next look. The ids of some are published again, and then some new ones: when
 * those were looked at, the wishes must have been heard.
 */
record Wishes(LocalEnvironment environment, Kind kind) {
    private static final int SESSIONS = 300;
    private static final int WISHES = 20;
    private static final int LATER = 4;

    /** A fifth of the sessions, in which a wish that was behind the later ones on its way is heard too. */
    private static final int LOOKS = 60;

    Evidence evidence() throws Exception {
        var factory = new SessionFactory(new Random(kind.name().hashCode()), 1);
        Instant begin = Instant.now();
        List<SessionKey> all = add(factory, SESSIONS);
        publish(all);
        awaitLooks(begin, all);
        Instant wish = Instant.now();
        List<SessionKey> wanted = all.subList(0, WISHES);
        publish(wanted);
        List<SessionKey> later = add(factory, LATER);
        publish(later);
        awaitLooks(wish, later);
        awaitSomeLooks(Instant.now(), all);
        var asked = new Evidence.Asked(
                Map.of(), wanted.stream().collect(Collectors.toMap(Function.identity(), key -> wish)), 0);
        return new Evidence(
                environment.emr().truth(),
                asked,
                Told.of(List.of()),
                List.of(),
                Instant.now(),
                Evidence.Limits.OF_A_FLEET);
    }

    private List<SessionKey> add(SessionFactory factory, int count) {
        return Stream.generate(() -> factory.minimal(factory.key()).then("IDLE", Instant.now()))
                .limit(count)
                .peek(environment.emr()::add)
                .map(session -> session.key())
                .toList();
    }

    /** Returns when the broker has them. */
    private void publish(List<SessionKey> keys) throws InterruptedException, ExecutionException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", environment.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (SessionKey key : keys) {
                Object _ = producer.send(new ProducerRecord<>(
                        Mutant.topic("ids", kind), key.toString().getBytes(UTF_8)));
            }
            producer.flush();
        }
    }

    /** Until each of them was looked at. */
    private void awaitLooks(Instant since, List<SessionKey> keys) throws Exception {
        Set<SessionKey> wanted = Set.copyOf(keys);
        Poll.await(
                kind + " looks at " + keys.size(),
                () -> looked(since, wanted).size(),
                () -> looked(since, wanted).size() == wanted.size());
    }

    /** Until so many of them were looked at. */
    private void awaitSomeLooks(Instant since, List<SessionKey> keys) throws Exception {
        Set<SessionKey> wanted = Set.copyOf(keys);
        Poll.await(
                LOOKS + " looks",
                () -> looked(since, wanted),
                () -> looked(since, wanted).size() >= LOOKS);
    }

    private Map<SessionKey, Integer> looked(Instant since, Set<SessionKey> wanted) {
        Map<SessionKey, Integer> looks = environment.emr().looksSince(since);
        looks.keySet().retainAll(wanted);
        return looks;
    }
}
