package io.sessionevents.calls;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is looked at, and what is not, while something waits to be committed. */
class UncommittedTest {
    private static final String THREAD = Thread.currentThread().getName();
    private static final SessionKey OTHER = new SessionKey(KEY.applicationId(), "other");
    private static final NextLook AT_ONCE = new NextLook(1, Duration.ZERO, null);

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong later = new AtomicLong();
    private final LookupDispatcher dispatcher = new LookupDispatcher(
            (key, permit) -> {
                calls.incrementAndGet();
                return new Lookup.NotFound();
            },
            new CallBudget(this::now),
            new LookupLimits(10_000, 1, 8),
            this::now,
            () -> START);
    private TaskMailbox mailbox;

    @BeforeEach
    void start() {
        mailbox = dispatcher.open(0);
        dispatcher.start(failure -> {});
    }

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void shouldNotLookAgainBeforeTheChangeIsCommitted() {
        dispatcher.commits().written(THREAD);
        mailbox.lookOnceCommitted(KEY, AT_ONCE);
        mailbox.lookAt(OTHER, AT_ONCE);
        await().until(() -> calls.get() == 1);
        assertThat(polled().key()).isEqualTo(OTHER);

        dispatcher.commits().committed(THREAD);
        assertThat(polled().key()).isEqualTo(KEY);
    }

    @Test
    void shouldLookAtOnceWhereNothingIsWritten() {
        mailbox.lookOnceCommitted(KEY, AT_ONCE);

        assertThat(polled().key()).isEqualTo(KEY);
    }

    @Test
    void shouldLookAfterAnAbortedTransactionToo() {
        dispatcher.commits().written(THREAD);
        mailbox.lookOnceCommitted(KEY, AT_ONCE);
        dispatcher.commits().aborted(THREAD);

        assertThat(polled().key()).isEqualTo(KEY);
    }

    @Test
    void shouldNotLetARequestLookAtWhatIsNotCommitted() {
        dispatcher.commits().written(THREAD);
        mailbox.lookOnceCommitted(KEY, new NextLook(1, Duration.ofMinutes(5), null));
        mailbox.lookNow(KEY, AT_ONCE);
        mailbox.lookAt(OTHER, AT_ONCE);
        assertThat(polled().key()).isEqualTo(OTHER);

        dispatcher.commits().committed(THREAD);
        mailbox.poll();

        assertThat(dispatcher.statistics().tracked()).isEqualTo(2);
    }

    @Test
    void shouldForgetWhatWaitsForACommit() {
        dispatcher.commits().written(THREAD);
        mailbox.lookOnceCommitted(KEY, AT_ONCE);
        mailbox.forget(KEY);
        dispatcher.commits().committed(THREAD);
        mailbox.lookAt(OTHER, AT_ONCE);

        assertThat(polled().key()).isEqualTo(OTHER);
        assertThat(calls).hasValue(1);
    }

    @Test
    void shouldHoldAllLookupsWhileATransactionIsOverdueAndGoOnAtOnceAfterIt() {
        dispatcher.commits().written(THREAD);
        later.addAndGet(CommitWatch.LEAST.toNanos() + 1);
        assertThat(dispatcher.hold().reason()).isEqualTo(LookupHold.Reason.NOTHING_COMMITTED);
        mailbox.lookAt(KEY, AT_ONCE);
        await().during(Duration.ofMillis(200)).until(() -> calls.get() == 0);

        dispatcher.commits().committed(THREAD);

        assertThat(polled().key()).isEqualTo(KEY);
        assertThat(dispatcher.hold().reason()).isEqualTo(LookupHold.Reason.NONE);
    }

    @Test
    void shouldHoldAllLookupsWhileAPredecessorMayBeAlive() {
        var hold = new LookupHold(dispatcher.commits(), this::now);
        hold.forPredecessor(Duration.ofSeconds(20));
        assertThat(hold.reason()).as("before it has the name").isEqualTo(LookupHold.Reason.NONE);

        hold.tasksSeen();
        later.addAndGet(Duration.ofSeconds(10).toNanos());
        hold.tasksSeen();
        assertThat(hold.reason()).isEqualTo(LookupHold.Reason.PREDECESSOR);

        later.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(hold.reason()).isEqualTo(LookupHold.Reason.NONE);
    }

    private LookupResult polled() {
        return await().until(mailbox::poll, result -> result != null);
    }

    private long now() {
        return System.nanoTime() + later.get();
    }
}
