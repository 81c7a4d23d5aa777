package io.sessionevents.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many tasks a StreamThread has, it polls again soon. */
class TimeSliceTest {
    private final AtomicLong now = new AtomicLong();

    @ParameterizedTest
    @CsvSource({"0, 20", "1, 20", "12, 20", "24, 10", "120, 2"})
    void shouldBeShorterWhereManyTasksShareTheThread(int tasks, int millis) {
        var slice = new TimeSlice(now::get, tasks);

        now.addAndGet(Duration.ofMillis(millis).toNanos() - 1);
        assertThat(slice.over()).isFalse();
        now.incrementAndGet();

        assertThat(slice.over()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 20000",
        "1, 0, 20000",
        "2, 0, 15000",
        "12, 0, 2500",
        "120, 0, 250",
        "12, 19000, 1000",
        "12, 20000, 0",
        "12, 30000, 0"
    })
    void shouldLeaveAPartOfItsRestToWhatCanWait(int tasks, int usedMicros, int micros) {
        var slice = new TimeSlice(now::get, tasks);
        now.addAndGet(usedMicros * 1_000L);

        TimeSlice later = slice.later();

        if (micros > 0) {
            now.addAndGet(micros * 1_000L - 1);
            assertThat(later.over()).isFalse();
            now.incrementAndGet();
        }
        assertThat(later.over()).isTrue();
    }
}
