package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.Listing;
import io.sessionevents.session.ListingQuery;
import io.sessionevents.session.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The calls of the sweeps, on threads of their own. */
class SweepCallsTest {
    private static final ListingQuery QUERY =
            new ListingQuery(new ApplicationKey(Source.DEFAULT, "app"), true, null, null);
    private static final Listing ANSWER = new Listing.Page(List.of(), 0, null);

    private final LookupHold hold = new LookupHold(new CommitWatch(System::nanoTime), System::nanoTime);

    @Test
    void shouldBringTheAnswerToTheDesk() {
        try (SweepDesk desk = calls((query, permit) -> ANSWER, 1000).open(Source.DEFAULT)) {
            await().until(() -> desk.askForSessions(() -> QUERY));

            Answered<ListingQuery, Listing> answered = await().until(desk::sessions, answer -> answer != null);
            assertThat(requireNonNull(answered).question()).isEqualTo(QUERY);
            assertThat(answered.answer()).isEqualTo(ANSWER);
        }
    }

    /** The task would wait for ever for the answer that does not come. */
    @Test
    void shouldSayThatACallBroke() {
        try (SweepDesk desk = calls(
                        (query, permit) -> {
                            throw new StackOverflowError();
                        },
                        1000)
                .open(Source.DEFAULT)) {
            await().until(() -> desk.askForSessions(() -> QUERY));

            Answered<ListingQuery, Listing> answered = await().until(desk::sessions, answer -> answer != null);
            assertThat(requireNonNull(answered).answer()).isNull();
        }
    }

    /** There are only so many places in flight, and a question that is not there takes none. */
    @Test
    void shouldMakeOnlySoManyCallsAtOnce() {
        var answer = new CountDownLatch(1);
        try (SweepDesk desk = calls(
                        (query, permit) -> {
                            answer.await();
                            return ANSWER;
                        },
                        1_000_000)
                .open(Source.DEFAULT)) {
            assertThat(desk.askForSessions(() -> null)).isFalse();
            for (int i = 0; i < SweepLimits.MOST_AT_ONCE; i++) {
                // Without an answer the budget lets half a second's worth go.
                await().until(() -> desk.askForSessions(() -> QUERY));
            }
            assertThat(desk.askForSessions(() -> QUERY)).isFalse();
            answer.countDown();
            await().until(() -> desk.askForSessions(() -> QUERY));
        }
    }

    /** A task that was revived, or moved to another thread, opens its desk anew. */
    @Test
    void shouldEndTheCallsOfADeskThatIsClosed() {
        var interrupted = new AtomicBoolean();
        SweepCalls calls = calls(
                (query, permit) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        throw e;
                    }
                    return ANSWER;
                },
                1000);
        SweepDesk first = calls.open(Source.DEFAULT);
        await().until(() -> first.askForSessions(() -> QUERY));

        SweepDesk second = calls.open(Source.DEFAULT);

        await().untilTrue(interrupted);
        first.close();
        await().until(() -> second.askForSessions(() -> QUERY));
        assertThat(calls.statistics()).containsOnlyKeys(Source.DEFAULT);
        second.close();
        assertThat(calls.statistics()).isEmpty();
        assertThat(second.rate()).isZero();
    }

    @Test
    void shouldMakeNoCallWithoutContactToTheGroup() {
        SweepCalls calls = calls((query, permit) -> ANSWER, 1000);
        try (SweepDesk desk = calls.open(Source.DEFAULT)) {
            calls.leaseUntil(System.nanoTime() - 1);
            assertThat(desk.askForSessions(() -> QUERY)).isFalse();
            calls.leaseUntil(System.nanoTime() + Duration.ofHours(1).toNanos());
            await().until(() -> desk.askForSessions(() -> QUERY));
        }
    }

    /** Else the second one would come in less than a second after it. */
    @Test
    void shouldCountFromTheAnswerOfTheFirstCallWhichIsSlowToLeave() {
        var nanos = new AtomicLong(Duration.ofDays(1).toNanos());
        var budget = new CallBudget(nanos::get);
        var calls = new PacedCalls<String, String>(
                (question, permit) -> {
                    permit.use();
                    nanos.addAndGet(Duration.ofMillis(300).toNanos());
                    return "answer";
                },
                budget,
                1,
                hold);
        try (var desk = calls.open()) {
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(desk.ask(() -> "first")).isTrue();
            await().until(desk::poll, answer -> answer != null);
            assertThat(Duration.ofNanos(budget.nanosUntilNext()))
                    .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1));

            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(desk.ask(() -> "second")).isTrue();
            await().until(desk::poll, answer -> answer != null);
            assertThat(Duration.ofNanos(budget.nanosUntilNext()))
                    .isBetween(Duration.ofMillis(650), Duration.ofMillis(700));
        }
    }

    @Test
    void shouldNotSweepWithoutABudget() {
        SweepCalls calls = calls((query, permit) -> ANSWER, 0);

        assertThat(calls.sources()).isEmpty();
        assertThatThrownBy(() -> calls.open(Source.DEFAULT)).hasMessageContaining("not swept");
    }

    private SweepCalls calls(RemoteCall<ListingQuery, Listing> sessions, double rate) {
        return new SweepCalls(
                List.of(new SweepSource(
                        Source.DEFAULT,
                        sessions,
                        new CallBudget(System::nanoTime),
                        (query, permit) -> new ApplicationListing.Page(List.of(), 0, null),
                        new CallBudget(System::nanoTime),
                        new SweepLimits(rate, 0, Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofMinutes(15)),
                        Discovery.NONE)),
                hold);
    }
}
