package io.sessionevents.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionevents.history.HistoryReader.Found;
import io.sessionevents.session.HistoryEntry.Position;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryReaderTest {
    private static final SessionKey KEY = new SessionKey("app", "one");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Bounds ROOMY = new Bounds(Duration.ofSeconds(5), 100, 1_000_000);

    private final FakeTopics topics = new FakeTopics("changes", "usage");

    @Test
    void shouldMergeTheTopicsByTimeAndKeepTheOrderOfEach() {
        topics.write("changes", "app/one", NOON, "a")
                .write("usage", "app/one", NOON.plusSeconds(2), "settled")
                .write("changes", "app/one", NOON.plusSeconds(3), "b")
                // Its clock went back: it is behind b all the same.
                .write("changes", "app/one", NOON.plusSeconds(1), "c");

        Found<String> found = read(null, ROOMY);

        assertThat(found.records()).containsExactly("a", "settled", "b", "c");
        assertThat(found).returns(0L, Found::older).returns(0L, Found::unread).returns(4L, Found::read);
    }

    @Test
    void shouldKnowRecordsByTheirKeysAlone() {
        String twin = twin();
        topics.write("changes", twin, NOON, "of another session in the same partition")
                .write("changes", FakeTopics.partition("app/one"), "app/onetwo", NOON, "begins alike")
                .write("changes", "app/one", NOON, "mine")
                .write("changes", FakeTopics.partition("app/one"), "", NOON, "no key")
                .write("changes", twin, NOON, null)
                .write(
                        "changes",
                        (FakeTopics.partition("app/one") + 1) % FakeTopics.PARTITIONS,
                        "app/one",
                        NOON,
                        "stray");

        assertThat(read(null, ROOMY).records()).containsExactly("mine");
    }

    @Test
    void shouldKeepTheYoungestAndSayHowManyAreOlder() {
        IntStream.range(0, 250).forEach(i -> topics.write("changes", "app/one", NOON.plusSeconds(i), "change " + i));
        topics.write("usage", "app/one", NOON.plusSeconds(10), "old usage")
                .write("usage", "app/one", NOON.plusSeconds(300), "young usage");

        Found<String> found = read(null, ROOMY);

        assertThat(found.records())
                .hasSize(100)
                .startsWith("change 151")
                .endsWith("change 249", "young usage")
                .doesNotContain("old usage");
        assertThat(found.older()).isEqualTo(152);
    }

    @Test
    void shouldKeepNoMoreBytesThanTheBoundLets() {
        topics.write("changes", "app/one", NOON, "12345")
                .write("changes", "app/one", NOON, "678")
                .write("changes", "app/one", NOON, "90");

        assertThat(read(null, new Bounds(ROOMY.time(), 100, 5)))
                .returns(List.of("678", "90"), Found::records)
                .returns(1L, Found::older);
        assertThat(read(null, new Bounds(ROOMY.time(), 100, 1)))
                .returns(List.of(), Found::records)
                .returns(3L, Found::older);
    }

    @Test
    void shouldTakeATombstoneForTheEndOfWhatItsTopicHeld() {
        topics.write("usage", "app/one", NOON, "erased")
                .write("changes", "app/one", NOON, "change")
                .write("usage", "app/one", NOON.plusSeconds(1), null)
                .write("usage", "app/one", NOON.plusSeconds(2), "later");

        assertThat(read(null, new Bounds(ROOMY.time(), 2, 100)))
                .returns(List.of("change", "later"), Found::records)
                .returns(0L, Found::older);
    }

    @Test
    void shouldBeginWhereTheSessionDid() {
        topics.write("changes", twin(), NOON.minusSeconds(60), "long before")
                .write("changes", "app/one", NOON.minusSeconds(1), "before")
                .write("changes", "app/one", NOON, "since");

        assertThat(read(NOON, ROOMY)).returns(List.of("since"), Found::records).returns(1L, Found::read);
        assertThat(read(NOON.plusSeconds(1), ROOMY))
                .returns(List.of(), Found::records)
                .returns(0L, Found::read);
    }

    @Test
    void shouldReadWhatRetentionHasLeft() {
        for (int i = 0; i < 5; i++) {
            topics.write("changes", "app/one", NOON.plusSeconds(i), "change " + i);
        }
        topics.without("changes", FakeTopics.partition("app/one"), 3);

        assertThat(read(null, ROOMY).records()).containsExactly("change 3", "change 4");
    }

    @Test
    void shouldReadNothingThatIsWrittenMeanwhile() {
        topics.write("changes", "app/one", NOON, "there");
        topics.whenPolled(consumer -> {
            topics.whenPolled(same -> {});
            topics.write("changes", "app/one", NOON, "too late");
        });

        assertThat(read(null, ROOMY).records()).containsExactly("there");
    }

    @Test
    void shouldEndWhenTheTimeIsOver() {
        topics.write("changes", "app/one", NOON, "a").write("usage", "app/one", NOON, "b");
        topics.whenPolled(consumer -> {
            // A partition whose broker does not answer.
            consumer.pause(List.of(new TopicPartition("usage", FakeTopics.partition("app/one"))));
            topics.nanos.set(ROOMY.time().toNanos());
        });

        assertThat(read(null, ROOMY)).returns(List.of("a"), Found::records).returns(1L, Found::unread);
    }

    @Test
    void shouldTellHowFarItIs() {
        topics.write("changes", "app/one", NOON, "a").write("changes", twin(), NOON, "b");
        List<String> told = new ArrayList<>();

        try (var reader = topics.reader()) {
            reader.read(KEY, null, ROOMY, (done, all) -> told.add(done + " of " + all), HistoryReaderTest::text);
        }

        assertThat(told).containsExactly("0 of 2");
    }

    @Test
    void shouldSayThatATopicIsMissing() {
        var none = new FakeTopics();
        try (var reader = new HistoryReader(
                none.new Fake(new KeyFilter()),
                new KeyFilter(),
                new HistoryTopics(List.of("changes"), List.of()),
                () -> 0)) {
            assertThatThrownBy(() -> reader.read(KEY, null, ROOMY, (done, all) -> {}, HistoryReaderTest::text))
                    .isInstanceOf(MissingTopicException.class)
                    .hasMessage("Topic changes does not exist.");
        }
    }

    @Test
    void shouldDoWithoutATopicThatIsNotItsOwnToRead() {
        topics.write("changes", "app/one", NOON, "change").refuse("absent");

        assertThat(read(null, ROOMY).records()).containsExactly("change");

        topics.refuse("changes");
        assertThatThrownBy(() -> read(null, ROOMY)).isInstanceOf(TopicAuthorizationException.class);
    }

    /** Who may write to it sees its partitions, and is refused only when it reads. */
    @Test
    void shouldReadAgainWithoutAnOptionalTopicThatIsRefusedWhileItIsRead() {
        topics.optional("alerts")
                .write("changes", "app/one", NOON, "change")
                .write("alerts", "app/one", NOON, "alert")
                .refuseRecords("alerts");

        assertThat(read(null, ROOMY)).returns(List.of("change"), Found::records).returns(1L, Found::read);

        topics.refuseRecords("changes");
        assertThatThrownBy(() -> read(null, ROOMY)).isInstanceOf(TopicAuthorizationException.class);
    }

    /** Where alerts are off, the topic may hold what was told before. */
    @Test
    void shouldReadAlertsWhetherTheyAreOnOrNot() {
        assertThat(HistoryTopics.of(new Topics("ids", "changes", "usage", "alerts", false, "dead")))
                .isEqualTo(new HistoryTopics(List.of("changes", "usage"), List.of("alerts")))
                .hasToString("changes, usage and alerts");
        assertThat(HistoryTopics.of(new Topics("ids", "changes", "usage", "alerts", true, "dead")))
                .isEqualTo(new HistoryTopics(List.of("changes", "usage", "alerts"), List.of()));
    }

    /** Offsets of the topic that was there mean nothing in the one that has its name now. */
    @Test
    void shouldNotGoOnInATopicThatWasMadeAnew() {
        var place = new TopicPartition("changes", FakeTopics.partition("app/one"));
        topics.write("changes", "app/one", NOON, "a");
        topics.whenPolled(consumer -> {
            throw new OffsetOutOfRangeException(java.util.Map.of(place, 0L));
        });

        assertThatThrownBy(() -> read(null, ROOMY)).isInstanceOf(OffsetOutOfRangeException.class);
    }

    @Test
    void shouldEndWhenItIsInterrupted() {
        topics.write("changes", "app/one", NOON, "a");

        try (var reader = topics.reader()) {
            reader.interrupt();
            assertThatThrownBy(() -> reader.read(KEY, null, ROOMY, (done, all) -> {}, HistoryReaderTest::text))
                    .isInstanceOf(WakeupException.class);
        }
    }

    private Found<String> read(@Nullable Instant since, Bounds bounds) {
        try (var reader = topics.reader()) {
            return reader.read(KEY, since, bounds, (done, all) -> {}, HistoryReaderTest::text);
        }
    }

    /** Another session whose key falls into the same partition. */
    private static String twin() {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "app/twin" + i)
                .filter(key -> FakeTopics.partition(key) == FakeTopics.partition("app/one"))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Position position, byte[] value) {
        return new String(value, UTF_8);
    }
}
