package io.sessionevents.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.Moment;
import io.sessionevents.session.Phase;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Mailboxes and the share of the budget that follows them. */
class LookupDispatcherTest {
    private static final double RATE = 9.5;
    private static final SessionKey KEY = new SessionKey("app", "session");
    private static final NextLook AT_ONCE = new NextLook(1, Duration.ZERO, null);

    private final AtomicLong now = new AtomicLong();
    private final CallBudget budget = new CallBudget(now::get);
    private final LookupDispatcher dispatcher = new LookupDispatcher(
            (key, permit) -> new Lookup.NotFound(),
            budget,
            new LookupLimits(RATE, 12, 8),
            now::get,
            InstantSource.system());

    @Test
    void shouldHaveTheShareOfItsOpenPartitions() {
        TaskMailbox one = dispatcher.open(3);
        dispatcher.open(11);
        assertShare(2);

        one.close();
        assertShare(1);
    }

    /** Metrics are asked for by lookup threads; what they throw must not take a place in flight for ever. */
    @Test
    void shouldFreeThePlaceOfALookupWhoseListenerThrows() {
        Set<SessionKey> lookedUp = ConcurrentHashMap.newKeySet();
        var throwing = new LookupListener() {
            @Override
            public void lookedUp(Lookup outcome, Duration took) {
                throw new IllegalStateException("a listener that is not as it promised");
            }

            @Override
            public void resultDropped() {}
        };
        try (var one = new LookupDispatcher(
                (key, permit) -> {
                    lookedUp.add(key);
                    return new Lookup.NotFound();
                },
                new CallBudget(System::nanoTime),
                new LookupLimits(1_000, 1, 1),
                System::nanoTime,
                InstantSource.system(),
                throwing)) {
            one.start(failure -> {});
            TaskMailbox mailbox = one.open(0);
            mailbox.lookAt(KEY, AT_ONCE);
            mailbox.lookAt(new SessionKey("app", "other"), AT_ONCE);

            await().dontCatchUncaughtExceptions().until(() -> lookedUp.size() == 2);
            await().dontCatchUncaughtExceptions().until(() -> one.statistics().inFlight() == 0);
        }
    }

    @Test
    void shouldCloseALaneOnce() {
        TaskMailbox mailbox = dispatcher.open(3);
        dispatcher.open(4);

        mailbox.close();
        mailbox.close();

        assertShare(1);
    }

    /** Of a task that could not be initialised, or whose thread has died. */
    @Test
    void shouldCloseALaneThatWasLeftOpenWhenItsPartitionIsOpenedAgain() {
        TaskMailbox leftOpen = dispatcher.open(3);
        leftOpen.lookAt(KEY, AT_ONCE);
        TaskMailbox mailbox = dispatcher.open(3);
        assertShare(1);
        assertThat(dispatcher.statistics().tracked()).isZero();
        assertThat(leftOpen.deliver(new LookupResult(KEY, new Lookup.NotFound(), new Moment(Instant.EPOCH, 0))))
                .isFalse();

        mailbox.lookAt(KEY, AT_ONCE);
        leftOpen.lookAt(new SessionKey("app", "other"), AT_ONCE);
        leftOpen.close();

        assertShare(1);
        assertThat(dispatcher.statistics().tracked()).isEqualTo(1);
    }

    /** Kafka Streams lets none be, whose topic has other partitions than was configured. */
    @Test
    void shouldHaveNoPlaceForAPartitionThatTheBudgetIsNotSplitInto() {
        dispatcher.open(12);

        assertThat(budget.share()).isZero();
    }

    @Test
    void shouldSpendNothingWithoutAPartition() {
        dispatcher.open(3).close();

        assertThat(budget.share()).isZero();
        assertThat(dispatcher.statistics().partitions()).isZero();
    }

    private void assertShare(int partitions) {
        assertThat(dispatcher.statistics().partitions()).isEqualTo(partitions);
        assertThat(budget.share()).isCloseTo(RATE * partitions / 12, within(1e-9));
    }

    /** Calls of one source that never end take nothing from another, not even with one place in flight each. */
    @Test
    void shouldGoOnWithTheOtherSourceWhileOneIsStuck() {
        var stuck = new CountDownLatch(1);
        Set<SessionKey> lookedUp = ConcurrentHashMap.newKeySet();
        try (var both = new LookupDispatcher(
                List.of(
                        source("default", (key, permit) -> {
                            stuck.await();
                            return new Lookup.NotFound();
                        }),
                        source("eu", (key, permit) -> {
                            lookedUp.add(key);
                            return new Lookup.NotFound();
                        })),
                List.of(),
                System::nanoTime,
                InstantSource.system())) {
            both.start(failure -> {});
            TaskMailbox mailbox = both.open(0);
            mailbox.lookAt(KEY, AT_ONCE);
            await().dontCatchUncaughtExceptions().until(() -> both.statistics().inFlight() == 1);

            for (int i = 0; i < 50; i++) {
                mailbox.lookAt(new SessionKey("eu", "app", "s" + i), AT_ONCE);
            }

            await().dontCatchUncaughtExceptions().until(() -> lookedUp.size() == 50);
            assertThat(both.statistics().answered()).isLessThanOrEqualTo(50);
            stuck.countDown();
        }
    }

    /** A source that was removed: its sessions wait, and are counted. */
    @Test
    void shouldCountTheSessionsWhoseSourceIsNotConfigured() {
        TaskMailbox mailbox = dispatcher.open(3);
        var gone = new SessionKey("gone", "app", "s1");
        TrackedSession kept = TrackedSession.startTracking(gone, Map.of(), Instant.EPOCH);
        mailbox.kept(null, kept);
        mailbox.lookAt(gone, AT_ONCE);
        mailbox.lookNow(gone, AT_ONCE);

        assertThat(dispatcher.statistics().unconfigured()).isEqualTo(Map.of("gone", 1));
        assertThat(dispatcher.statistics().tracked()).isZero();

        mailbox.kept(kept, new Phase.Tracked(kept).stopped(Instant.EPOCH));
        mailbox.forget(gone);

        assertThat(dispatcher.statistics().unconfigured()).isEmpty();
    }

    private static LookupSource source(String name, SessionLookup lookup) {
        return new LookupSource(
                name, lookup, new CallBudget(System::nanoTime), new LookupLimits(1_000, 1, 1), LookupListener.NONE);
    }
}
