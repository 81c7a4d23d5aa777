package io.sessionevents.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LookupQueueTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Duration MINIMUM = Duration.ofSeconds(2);

    private final LookupQueue<String> queue = new LookupQueue<>();

    @Test
    void shouldTakeNothingBeforeItsTime() {
        queue.add("mailbox", key(1), look(1, null), 1, 0);

        assertThat(queue.take(2 * SECOND - 1)).isNull();
        assertThat(queue.nanosUntilNext(SECOND)).isEqualTo(SECOND);
        assertThat(queue.take(2 * SECOND)).isNotNull();
    }

    @Test
    void shouldTakeASessionBeforeItIsDueRatherThanWasteAPermit() {
        queue.add("mailbox", key(1), look(1, null), 0.001, 0);

        assertThat(queue.take(2 * SECOND)).isNotNull();
    }

    @Test
    void shouldPutRequestsFirstButStarveNobody() {
        for (int i = 0; i < 100; i++) {
            queue.add("mailbox", key(i), look(1, null), 10, 0);
        }
        List<SessionKey> taken = new ArrayList<>();
        for (int step = 0; step < 1000; step++) {
            long now = 10 * SECOND + step * SECOND / 10;
            queue.hurry("mailbox", key(1000 + step), look(1, null), Turn.ASKED, now, 10, now);
            taken.add(Objects.requireNonNull(queue.take(now)).key);
        }

        assertThat(taken.subList(0, 20).stream().filter(key -> number(key) >= 1000))
                .hasSizeGreaterThanOrEqualTo(17);
        assertThat(taken)
                .contains(IntStream.range(0, 100).mapToObj(LookupQueueTest::key).toArray(SessionKey[]::new));
    }

    /** However long the others are overdue: those that are known to have changed are looked at first, and the others in their turn. */
    @Test
    void shouldLookAtTheWokenFirstAndStarveNobody() {
        for (int i = 0; i < 1000; i++) {
            queue.add("mailbox", key(i), look(1, null), 10, 0);
        }
        long now = 1_000 * SECOND;
        List<SessionKey> taken = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            queue.hurry("mailbox", key(500 + i), look(1, null), Turn.WOKEN, now + i, 10, now + i);
            queue.hurry("mailbox", key(500 + i), look(1, null), Turn.WOKEN, now + i, 10, now + i);
        }
        for (int i = 0; i < 120; i++) {
            taken.add(Objects.requireNonNull(queue.take(now)).key);
        }

        assertThat(taken).doesNotHaveDuplicates();
        List<SessionKey> woken = taken.stream()
                .filter(key -> number(key) >= 500 && number(key) < 600)
                .toList();
        assertThat(woken)
                .isEqualTo(
                        IntStream.range(500, 600).mapToObj(LookupQueueTest::key).toList());
        assertThat(taken.subList(0, 80).stream().filter(woken::contains)).hasSize(70);
    }

    @Test
    void shouldLookFirstAgainAtWhatWasWokenDuringItsLookup() {
        queue.add("mailbox", key(1), look(1, null), 1, 0);
        for (int i = 2; i < 5; i++) {
            queue.add("mailbox", key(i), look(1, null), 1, 0);
        }
        var underWay = Objects.requireNonNull(queue.take(1_000 * SECOND));
        queue.hurry("mailbox", underWay.key, look(1, null), Turn.WOKEN, 1_000 * SECOND, 1, 1_000 * SECOND);
        queue.landed("mailbox", underWay.key);
        queue.add("mailbox", underWay.key, look(1, null), 1, 1_001 * SECOND);

        assertThat(Objects.requireNonNull(queue.take(1_002 * SECOND)).key).isEqualTo(underWay.key);
    }

    private static int number(SessionKey key) {
        return Integer.parseInt(key.sessionId().substring(1));
    }

    @Test
    void shouldLookOnceMoreAfterALookupUnderWay() {
        queue.hurry("mailbox", key(1), look(1, null), Turn.ASKED, 0, 1, 0);
        queue.add("mailbox", key(2), look(1, null), 1, 0);
        var underWay = Objects.requireNonNull(queue.take(0));

        queue.hurry("mailbox", key(1), look(1, null), Turn.ASKED, 0, 1, 0);
        assertThat(queue.take(SECOND)).as("one lookup per session at a time").isNull();

        queue.landed("mailbox", underWay.key);
        queue.add("mailbox", key(1), look(1, null), 1, SECOND);
        assertThat(Objects.requireNonNull(queue.take(10 * SECOND)).key).isEqualTo(key(1));
    }

    @Test
    void shouldLookAtOnceIfThatWasAskedForWhileTheResultWaitedToBeTaken() {
        for (int i = 1; i <= 100; i++) {
            queue.add("mailbox", key(i), look(1, null), 1, 0);
        }
        SessionKey asked = Objects.requireNonNull(queue.take(10 * SECOND)).key;
        var soon = new NextLook(1, Duration.ofSeconds(2), null);
        var afterTheResult = new NextLook(1, Duration.ofMinutes(5), null);

        queue.hurry("mailbox", asked, soon, Turn.ASKED, 11 * SECOND, 1, 11 * SECOND);
        queue.landed("mailbox", asked);
        queue.add("mailbox", asked, afterTheResult, 1, 11 * SECOND);

        assertThat(takeAll(12 * SECOND)).startsWith(asked);
    }

    @Test
    void shouldHaveOneLookupUnderWayForASessionThatIsStoppedAndPublishedAgainMeanwhile() {
        queue.hurry("mailbox", key(1), look(1, null), Turn.ASKED, 0, 1, 0);
        var underWay = Objects.requireNonNull(queue.take(0));

        queue.remove("mailbox", key(1));
        assertThat(queue.size()).isZero();
        queue.hurry("mailbox", key(1), look(1, null), Turn.ASKED, 0, 1, 0);
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.take(SECOND)).isNull();

        queue.landed("mailbox", underWay.key);
        queue.add("mailbox", key(1), look(1, null), 1, SECOND);
        assertThat(takeAll(10 * SECOND)).containsExactly(key(1));
    }

    @Test
    void shouldForgetASessionThatWasStoppedDuringItsLookup() {
        queue.hurry("mailbox", key(1), look(1, null), Turn.ASKED, 0, 1, 0);
        var underWay = Objects.requireNonNull(queue.take(0));

        queue.remove("mailbox", key(1));
        queue.landed("mailbox", underWay.key);

        assertThat(takeAll(10 * SECOND)).isEmpty();
        assertThat(queue.intervalSeconds(1, 1)).as("weight left behind").isZero();
    }

    @Test
    void shouldNotKeepSessionsWaitingThatWereLookedAtWhenTheBudgetWasSmall() {
        double small = 0.1;
        double large = 10;
        int sessions = 20;
        for (int i = 0; i < sessions; i++) {
            queue.add("mailbox", key(i), look(1, null), small, 0);
        }
        List<SessionKey> taken = new ArrayList<>();
        for (int step = 0; step < sessions; step++) {
            long now = 3 * SECOND + step * SECOND;
            var entry = Objects.requireNonNull(queue.take(now));
            taken.add(entry.key);
            queue.landed("mailbox", entry.key);
            queue.add("mailbox", entry.key, look(1, null), large, now);
        }

        assertThat(taken).doesNotHaveDuplicates();
    }

    @Test
    void shouldLetARequestOvertakeABackOffButNotTheShortestInterval() {
        queue.hurry("mailbox", key(1), look(1, null), Turn.ASKED, 0, 1, 0);
        var refused = Objects.requireNonNull(queue.take(0));
        queue.landed("mailbox", refused.key);
        queue.add("mailbox", key(1), new NextLook(1, Duration.ofMinutes(5), null), 1, 0);

        queue.hurry("mailbox", key(1), look(1, null), Turn.ASKED, SECOND, 1, SECOND);

        assertThat(queue.take(SECOND)).isNull();
        assertThat(queue.take(2 * SECOND)).isNotNull();
    }

    @Test
    void shouldKnowTheAgeOfTheOldestLook() {
        queue.add("mailbox", key(1), look(1, null), 1, 0);
        queue.add("mailbox", key(2), look(1, null), 1, 3 * SECOND);

        assertThat(queue.oldestLookNanos(5 * SECOND)).isEqualTo(5 * SECOND);
        Objects.requireNonNull(queue.take(5 * SECOND));
        assertThat(queue.oldestLookNanos(6 * SECOND)).isEqualTo(3 * SECOND);
    }

    @Test
    void shouldTakeASessionAtItsDeadline() {
        queue.add("mailbox", key(1), look(1, Duration.ofSeconds(5)), 0.1, 0);
        queue.add("mailbox", key(2), look(1, Duration.ofSeconds(3)), 0.1, 0);
        queue.add("mailbox", key(3), look(1, null), 0.1, 0);

        assertThat(takeAll(10 * SECOND)).containsExactly(key(2), key(1), key(3));
    }

    /** A million wait, all of them due: what is published now is looked at in the next second of 200. */
    @Test
    void shouldLookAtWhatIsAskedForNowHoweverManyWait() {
        int waiting = 10_000;
        for (int i = 0; i < waiting; i++) {
            queue.add("mailbox", key(i), new NextLook(1, Duration.ZERO, Duration.ZERO), 200, 0);
        }
        long now = 60 * SECOND;
        List<Integer> turns = new ArrayList<>();
        for (int asked = 0; asked < 50; asked++) {
            queue.hurry("mailbox", key(waiting + asked), look(1, null), Turn.ASKED, now, 200, now);
            turns.add(turnsUntil(key(waiting + asked), now));
        }

        assertThat(turns).allMatch(count -> count <= 2);
    }

    /** So it is where a million has been asked for already, and these are looked at in their order all the same. */
    @Test
    void shouldLookAtWhatIsAskedForNowWhereManyWereAskedFor() {
        for (int i = 0; i < 1_000; i++) {
            queue.hurry("mailbox", key(i), look(1, null), Turn.ASKED, i, 200, i);
        }
        int latest = 0;
        List<SessionKey> taken = new ArrayList<>();
        for (int asked = 0; asked < 100; asked++) {
            queue.hurry("mailbox", key(2_000 + asked), look(1, null), Turn.ASKED, 10 * SECOND, 200, 10 * SECOND);
            int turns = 0;
            for (SessionKey next = null; !key(2_000 + asked).equals(next); turns++) {
                next = Objects.requireNonNull(queue.take(10 * SECOND)).key;
                taken.add(next);
            }
            latest = Math.max(latest, turns);
        }

        assertThat(latest).isLessThanOrEqualTo(3);
        assertThat(taken.stream().filter(key -> number(key) < 2_000))
                .as("in the order in which they were asked for")
                .containsExactlyElementsOf(IntStream.range(0, (int) taken.stream()
                                .filter(key -> number(key) < 2_000)
                                .count())
                        .mapToObj(LookupQueueTest::key)
                        .toList());
    }

    /** A restart asks again for a million that were never seen, and goes on with that after something new was published. */
    @Test
    void shouldLookAtWhatIsAskedForNowBeforeWhatIsTakenUpAgainLater() {
        queue.hurry("mailbox", key(5_000), look(1, null), Turn.ASKED, 10 * SECOND, 200, 10 * SECOND);
        for (int i = 0; i < 1_000; i++) {
            queue.hurry("mailbox", key(i), look(1, null), Turn.ASKED, -3_600 * SECOND + i, 200, 11 * SECOND);
        }

        assertThat(turnsUntil(key(5_000), 12 * SECOND)).isLessThanOrEqualTo(3);
    }

    @Test
    void shouldKeepThePlaceOfWhatIsAskedForAgain() {
        for (int i = 0; i < 100; i++) {
            queue.hurry("mailbox", key(i), look(1, null), Turn.ASKED, 0, 1, 0);
        }
        queue.hurry("mailbox", key(0), look(1, null), Turn.ASKED, 1, 1, 1);

        assertThat(takeAll(10 * SECOND).subList(0, 2)).contains(key(0));
    }

    @Test
    void shouldBeFairToWhatIsAskedForAndToWhatIsWoken() {
        for (int i = 0; i < 100; i++) {
            queue.hurry("mailbox", key(i), look(1, null), Turn.WOKEN, 0, 1, 0);
            queue.hurry("mailbox", key(1000 + i), look(1, null), Turn.ASKED, 0, 1, 0);
        }

        assertThat(takeAll(0).subList(0, 20).stream().filter(key -> number(key) < 1000))
                .hasSizeBetween(8, 12);
    }

    /** A task with a million sessions may go while the dispatcher's lock is held. */
    @Test
    void shouldForgetATaskWithoutLookingThroughItsSessions() {
        var mailbox = new Object() {
            private int compared;

            @Override
            public boolean equals(@Nullable Object other) {
                compared++;
                return this == other;
            }

            @Override
            public int hashCode() {
                return 1;
            }
        };
        var many = new LookupQueue<Object>();
        for (int i = 0; i < 1000; i++) {
            many.add(mailbox, key(i), look(1, null), 1, 0);
        }
        mailbox.compared = 0;

        many.removeMailbox(mailbox);

        assertThat(mailbox.compared).isLessThan(10);
        assertThat(many.size()).isZero();
        assertThat(many.intervalSeconds(1, 1)).isZero();
    }

    /** Weights are sums of fractions: what was added and taken away again leaves nothing behind. */
    @Test
    void shouldHaveNoWeightWithoutSessions() {
        for (int i = 0; i < 100; i++) {
            queue.add("mailbox", key(i), look(i % 2 == 0 ? 1.2 : 3.1, null), 1, 0);
        }
        for (int i = 0; i < 100; i++) {
            queue.remove("mailbox", key(i));
        }

        assertThat(queue.intervalSeconds(1, 1)).isZero();
    }

    private int turnsUntil(SessionKey wanted, long now) {
        for (int turns = 1; ; turns++) {
            if (Objects.requireNonNull(queue.take(now)).key.equals(wanted)) {
                return turns;
            }
        }
    }

    @Test
    void shouldForgetALaneAndItsSessions() {
        queue.add("a", key(1), look(1, null), 1, 0);
        queue.add("b", key(2), look(1, null), 1, 0);

        queue.removeMailbox("a");

        assertThat(takeAll(10 * SECOND)).containsExactly(key(2));
        assertThat(queue.size()).isEqualTo(1);
    }

    private List<SessionKey> takeAll(long now) {
        List<SessionKey> taken = new ArrayList<>();
        for (var entry = queue.take(now); entry != null; entry = queue.take(now)) {
            taken.add(entry.key);
        }
        return taken;
    }

    private static NextLook look(double weight, @Nullable Duration deadline) {
        return new NextLook(weight, MINIMUM, deadline);
    }

    private static SessionKey key(int number) {
        return new SessionKey("app", "s" + number);
    }
}
