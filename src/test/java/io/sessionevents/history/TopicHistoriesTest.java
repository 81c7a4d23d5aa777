package io.sessionevents.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.health.UnavailableException;
import io.sessionevents.session.HistoryEntry;
import io.sessionevents.session.SessionHistory;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicHistoriesTest {
    private static final SessionKey KEY = new SessionKey("app", "one");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private static final SchemaRegistry NO_REGISTRY = new SchemaRegistry() {
        @Override
        public int idOf(String subject, Schema schema) {
            throw new AssertionError("nothing is written");
        }

        @Override
        public Schema byId(int id) {
            throw new AssertionError("nothing is framed");
        }
    };

    private final FakeTopics topics = new FakeTopics("changes").write("changes", "app/one", NOON, "no frame");
    private final TopicHistories histories = new TopicHistories(topics::reader, NO_REGISTRY, topics.nanos::get);

    @Test
    void shouldShowWhatCannotBeRead() throws InterruptedException {
        SessionHistory history = histories.of(KEY, null);

        assertThat(history.entries()).singleElement().isInstanceOfSatisfying(HistoryEntry.Unreadable.class, entry -> {
            assertThat(entry.reason()).contains("magic byte").doesNotContain("no frame");
            assertThat(entry.position().offset()).isZero();
        });
        assertThat(history.whole()).isTrue();
    }

    @Test
    void shouldAnswerTheSameForTwoSeconds() throws InterruptedException {
        SessionHistory first = histories.of(KEY, null);
        topics.write("changes", "app/one", NOON, "one more");

        topics.nanos.addAndGet(TopicHistories.FRESH.toNanos());
        assertThat(histories.of(KEY, null)).isSameAs(first);
        topics.nanos.addAndGet(1);
        assertThat(histories.of(KEY, null).entries()).hasSize(2);
        assertThat(topics.opened()).isEqualTo(2);
    }

    /** A page that a hundred look at makes one consumer. */
    @Test
    void shouldReadOnceForAllWhoAskAtTheSameTime() throws Exception {
        var go = new CountDownLatch(1);
        topics.whenPolled(consumer -> uninterrupted(go));
        try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SessionHistory>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(viewers.submit(() -> histories.of(KEY, null)));
            }
            await().until(() -> topics.opened() == 1);
            go.countDown();
            for (Future<SessionHistory> answer : answers) {
                assertThat(answer.get()).isSameAs(answers.getFirst().get());
            }
        }
        assertThat(topics.opened()).isEqualTo(1);
    }

    @Test
    void shouldReadAFewAtATimeAndAskOthersToComeBack() throws Exception {
        var go = new CountDownLatch(1);
        var reading = new AtomicInteger();
        topics.write("changes", "app/s0", NOON, "no frame").write("changes", "app/s1", NOON, "no frame");
        topics.whenPolled(consumer -> {
            reading.incrementAndGet();
            uninterrupted(go);
        });
        try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SessionHistory>> answers = new ArrayList<>();
            for (int i = 0; i < TopicHistories.READING_AT_ONCE; i++) {
                var key = new SessionKey("app", "s" + i);
                answers.add(viewers.submit(() -> histories.of(key, null)));
            }
            await().until(() -> reading.get() == TopicHistories.READING_AT_ONCE);

            assertThatThrownBy(() -> histories.of(KEY, null))
                    .isInstanceOfSatisfying(
                            UnavailableException.class,
                            e -> assertThat(e.again()).isEqualTo(Duration.ofSeconds(2)))
                    .hasMessage("Too many histories are asked for at once.");
            go.countDown();
            for (Future<SessionHistory> answer : answers) {
                assertThat(answer.get().whole()).isTrue();
            }
        }
        assertThat(reading.get()).isEqualTo(TopicHistories.READING_AT_ONCE);
    }

    static List<KafkaException> failures() {
        return List.of(
                new TopicAuthorizationException(Set.of("changes")),
                new org.apache.kafka.common.errors.TimeoutException("slow"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldSayWhyItCannotBeRead(KafkaException failure) throws InterruptedException {
        topics.whenPolled(consumer -> {
            throw failure;
        });

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> histories.of(KEY, null))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage(
                            failure instanceof TopicAuthorizationException
                                    ? "This instance may not read changes, so it shows no histories. Grant its principal Read"
                                            + " there: 'session-events validate' prints how."
                                    : "Kafka does not answer (TimeoutException).");
        }
        // Who may not read is not asked for every viewer.
        assertThat(topics.opened()).isEqualTo(1);

        topics.whenPolled(consumer -> {});
        topics.nanos.addAndGet(TopicHistories.FRESH.toNanos() + 1);
        assertThat(histories.of(KEY, null).entries()).hasSize(1);
    }

    @Test
    void shouldSayWhichTopicIsMissing() {
        Supplier<HistoryReader> none = () -> {
            var filter = new KeyFilter();
            return new HistoryReader(
                    new FakeTopics().new Fake(filter), filter, new HistoryTopics(List.of("gone"), List.of()), () -> 0);
        };

        assertThatThrownBy(() -> new TopicHistories(none, NO_REGISTRY, () -> 0).of(KEY, null))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("Topic gone does not exist. 'session-events topics create' creates it.");
    }

    @Test
    void shouldForgetAnswers() throws InterruptedException {
        SessionHistory first = histories.of(KEY, null);
        for (int i = 0; i < TopicHistories.MOST_ANSWERS; i++) {
            histories.of(new SessionKey("app", "s" + i), null);
        }

        assertThat(histories.of(KEY, null)).isNotSameAs(first);
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
