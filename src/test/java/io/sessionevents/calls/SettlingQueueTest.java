package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.SessionKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlingQueueTest {
    private final SettlingQueue<String> queue = new SettlingQueue<>();

    @Test
    void shouldTakeTheOneDueFirstAndNoneBeforeItsTime() {
        queue.add("a", key(1), 30);
        queue.add("a", key(2), 10);
        queue.add("b", key(3), 20);

        assertThat(queue.nanosUntilNext(0)).isEqualTo(10);
        assertThat(queue.take(9)).isNull();
        assertThat(taken(100)).containsExactly(key(2), key(3), key(1));
        assertThat(queue.nanosUntilNext(100)).isEqualTo(Long.MAX_VALUE);
        assertThat(queue.size()).isZero();
    }

    @Test
    void shouldHoldASessionOnceWithTheMomentThatWasPlannedLast() {
        queue.add("a", key(1), 10);
        queue.add("a", key(1), 50);

        assertThat(queue.size()).isOne();
        assertThat(queue.take(10)).isNull();
        assertThat(taken(50)).containsExactly(key(1));
    }

    @Test
    void shouldForgetSessionsAndWholeMailboxes() {
        queue.add("a", key(1), 10);
        queue.add("a", key(2), 10);
        queue.add("b", key(3), 10);

        queue.remove("a", key(1));
        queue.remove("a", key(99));
        queue.removeMailbox("b");

        assertThat(queue.size()).isOne();
        assertThat(taken(10)).containsExactly(key(2));
    }

    @Test
    void shouldTellForHowLongTheFirstHasBeenDue() {
        assertThat(queue.overdueNanos(5)).isZero();
        queue.add("a", key(1), 10);

        assertThat(queue.overdueNanos(5)).isZero();
        assertThat(queue.overdueNanos(17)).isEqualTo(7);
    }

    private List<SessionKey> taken(long now) {
        List<SessionKey> taken = new ArrayList<>();
        while (queue.nanosUntilNext(now) <= 0) {
            taken.add(requireNonNull(queue.take(now)).key);
        }
        return taken;
    }

    private static SessionKey key(int number) {
        return new SessionKey("app", "s" + number);
    }
}
