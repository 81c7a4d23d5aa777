package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ended sessions have their usage looked at behind the others. */
class SettlingTurnTest {
    private static final NextLook AT_ONCE = new NextLook(1, Duration.ZERO, null);

    private final LookupDispatcher dispatcher = new LookupDispatcher(
            (key, permit) -> new Lookup.NotFound(),
            new CallBudget(() -> 0),
            new LookupLimits(100, 1, 8),
            () -> 0,
            InstantSource.system());
    private final LookupBacklog backlog =
            new LookupBacklog(Source.DEFAULT, new CallBudget(() -> 0), new LookupLimits(100, 1, 8));
    private final TaskMailbox mailbox = dispatcher.open(0);

    SettlingTurnTest() {
        backlog.open(mailbox);
    }

    @Test
    void shouldHaveALookAfterThirtyOthersWhileOthersWait() {
        live(100);
        settling(100);

        assertThat(taken(93).stream().filter(SettlingTurnTest::settling)).hasSize(3);
    }

    @Test
    void shouldHaveEveryLookThatNobodyElseMayHave() {
        settling(100);

        assertThat(taken(100)).doesNotHaveDuplicates().hasSize(100);
        assertThat(backlog.take(0)).isNull();
    }

    /** After a quiet time their turn has come, and comes once. */
    @Test
    void shouldNotSaveUpTurns() {
        live(100);
        taken(95);
        live(100);
        settling(100);

        assertThat(taken(29).stream().filter(SettlingTurnTest::settling)).hasSize(1);
    }

    @Test
    void shouldBeOutOfTheWayOfThoseThatLive() {
        live(3);
        double before = seconds();

        settling(1000);

        assertThat(seconds()).isEqualTo(before);
        assertThat(backlog.statistics(0, false).settling()).isEqualTo(1000);
        assertThat(backlog.statistics(0, false).oldestLook()).isZero();
    }

    @Test
    void shouldGoWithItsMailboxAndNotReturnToAClosedOne() {
        settling(10);
        backlog.close(mailbox);
        settling(10);

        assertThat(backlog.statistics(0, false).settling()).isZero();
        assertThat(backlog.nanosUntilNext(0)).isEqualTo(Long.MAX_VALUE);
    }

    private double seconds() {
        return requireNonNull(backlog.statistics(0, false).intervals().get("idle"))
                .toMillis();
    }

    private void live(int count) {
        for (int i = 0; i < count; i++) {
            backlog.lookAt(mailbox, new SessionKey("app", "live" + i), AT_ONCE, 0);
        }
    }

    private void settling(int count) {
        for (int i = 0; i < count; i++) {
            backlog.settle(mailbox, new SessionKey("app", "ended" + i), 0);
        }
    }

    private static boolean settling(SessionKey key) {
        return key.sessionId().startsWith("ended");
    }

    private List<SessionKey> taken(int count) {
        List<SessionKey> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SessionKey key = requireNonNull(backlog.take(0)).key;
            backlog.landed(mailbox, key);
            taken.add(key);
        }
        return taken;
    }
}
