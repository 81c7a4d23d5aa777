package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sessionevents.avro.RegistryException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asks for each id by itself, and never lets the one that wants it wait. */
class SchemaResolverTest {
    private final Map<Integer, Kind> failures = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Integer> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final Map<Integer, CountDownLatch> stuck = new ConcurrentHashMap<>();
    private final AtomicLong nanos = new AtomicLong();
    private final SchemaResolver resolver = new SchemaResolver(registry(), nanos::get);

    @AfterEach
    void stop() {
        resolver.close();
    }

    @Test
    void shouldAnswerAtOnceAndKnowLater() {
        assertThatThrownBy(() -> resolver.byId(1)).isInstanceOf(SchemaPendingException.class);
        awaitAnswers(1);

        assertThat(resolver.byId(1)).isEqualTo(schema());
        assertThat(asked).containsExactly(1);
    }

    @Test
    void shouldAskOnceHoweverManyWantIt() {
        stuck.put(1, new CountDownLatch(1));
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> resolver.byId(1)).isInstanceOf(SchemaPendingException.class);
        }
        stuck.get(1).countDown();
        awaitAnswers(1);

        assertThat(asked).containsExactly(1);
    }

    @Test
    void shouldNotLetOneThatFailsHoldUpOthers() {
        stuck.put(1, new CountDownLatch(1));
        failures.put(2, Kind.UNAVAILABLE);
        want(1);
        want(2);
        want(3);

        await().until(() -> answered.get() >= 2);
        assertThat(resolver.byId(3)).isEqualTo(schema());
        assertThat(kindOf(2)).isEqualTo(Kind.UNAVAILABLE);
        assertThatThrownBy(() -> resolver.byId(1)).isInstanceOf(SchemaPendingException.class);
        stuck.get(1).countDown();
    }

    @Test
    void shouldAskAgainAfterAPauseOfItsOwnThatGrowsToTenSeconds() {
        failures.put(1, Kind.UNKNOWN_SCHEMA);
        want(1);
        awaitAnswers(1);
        int asks = 1;
        for (int seconds : new int[] {1, 2, 4, 8, 10, 10}) {
            nanos.addAndGet(Duration.ofSeconds(seconds).toNanos() - 1);
            assertThat(kindOf(1)).isEqualTo(Kind.UNKNOWN_SCHEMA);
            assertThat(asked).hasSize(asks);
            nanos.incrementAndGet();
            assertThat(kindOf(1)).isEqualTo(Kind.UNKNOWN_SCHEMA);
            awaitAnswers(++asks);
        }
    }

    @Test
    void shouldTryAgainSoonWhenTheRegistryAnswersSomethingElse() {
        failures.put(1, Kind.UNAVAILABLE);
        for (int i = 1; i <= 5; i++) {
            want(1);
            awaitAnswers(i);
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        }
        want(1);
        awaitAnswers(6);
        failures.clear();
        want(2);
        awaitAnswers(7);

        nanos.addAndGet(SchemaResolver.FIRST_PAUSE.toNanos());
        want(1);
        awaitAnswers(8);
        assertThat(resolver.byId(1)).isEqualTo(schema());
    }

    @Test
    void shouldKeepARefusalForAMinute() {
        failures.put(1, Kind.UNSUPPORTED_SCHEMA);
        want(1);
        awaitAnswers(1);
        nanos.addAndGet(SchemaResolver.REFUSAL_KEPT.toNanos() - 1);
        assertThat(kindOf(1)).isEqualTo(Kind.UNSUPPORTED_SCHEMA);
        failures.clear();
        nanos.incrementAndGet();

        assertThatThrownBy(() -> resolver.byId(1)).isInstanceOf(SchemaPendingException.class);
        awaitAnswers(2);
        assertThat(resolver.byId(1)).isEqualTo(schema());
    }

    @Test
    void shouldAskNewIdsBeforeThoseThatFailed() {
        for (int id = 0; id < 100; id++) {
            failures.put(id, Kind.UNKNOWN_SCHEMA);
            want(id);
        }
        awaitAnswers(100);
        for (int id = 1_000; id < 1_000 + SchemaResolver.MOST_IN_FLIGHT; id++) {
            stuck.put(id, new CountDownLatch(1));
            want(id);
        }
        await().until(() -> asked.size() == 100 + SchemaResolver.MOST_IN_FLIGHT);
        nanos.addAndGet(SchemaResolver.FIRST_PAUSE.toNanos());
        for (int id = 0; id < 100; id++) {
            assertThat(kindOf(id)).isEqualTo(Kind.UNKNOWN_SCHEMA);
        }
        want(500);
        stuck.values().forEach(CountDownLatch::countDown);

        awaitAnswers(201 + SchemaResolver.MOST_IN_FLIGHT);
        // Those in flight together have no order among them.
        assertThat(asked.stream().skip(100 + SchemaResolver.MOST_IN_FLIGHT).limit(SchemaResolver.MOST_IN_FLIGHT))
                .contains(500);
    }

    @Test
    void shouldSurviveAClientThatFailsOtherwise() {
        var broken = new SchemaResolver(
                new SchemaRegistry() {
                    @Override
                    public int idOf(String subject, Schema schema) {
                        throw new IllegalStateException();
                    }

                    @Override
                    public Schema byId(int id) {
                        throw new IllegalStateException("secret");
                    }
                },
                nanos::get);
        await().untilAsserted(() -> assertThatThrownBy(() -> broken.byId(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageNotContaining("secret"));
        broken.close();
    }

    private void want(int id) {
        assertThatThrownBy(() -> resolver.byId(id)).isInstanceOf(RuntimeException.class);
    }

    private Kind kindOf(int id) {
        try {
            throw new AssertionError("known: " + resolver.byId(id));
        } catch (RegistryException e) {
            return e.kind();
        }
    }

    /** The answer is counted before the resolver has it, so the lock is taken once more. */
    private void awaitAnswers(int number) {
        await().until(() -> answered.get() == number && resolver.idle());
    }

    private static Schema schema() {
        return Schema.create(Schema.Type.STRING);
    }

    private SchemaRegistry registry() {
        return new SchemaRegistry() {
            @Override
            public int idOf(String subject, Schema schema) {
                return 1;
            }

            @Override
            public Schema byId(int id) {
                asked.add(id);
                try {
                    if (stuck.containsKey(id)) {
                        stuck.get(id).await();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                answered.incrementAndGet();
                if (failures.containsKey(id)) {
                    throw new RegistryException(failures.get(id), "id " + id, null);
                }
                return schema();
            }
        };
    }
}
