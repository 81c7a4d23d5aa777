package io.sessionevents.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FewLinesTest {
    private long now = Duration.ofDays(20_000).toMillis();
    private final FewLines<String> lines = new FewLines<>(3, Duration.ofMinutes(1), () -> now);

    @Test
    void shouldWriteAFewAMinuteAndSayHowManyWereNotWritten() {
        List<Long> written = new ArrayList<>();
        for (int second = 0; second < 121; second++, now += 1_000) {
            for (int i = 0; i < 5_000; i++) {
                lines.next("bad").ifPresent(written::add);
            }
        }

        assertThat(written).containsExactly(0L, 0L, 0L, 299_997L, 0L, 0L, 299_997L, 0L, 0L);
    }

    @Test
    void shouldCountEachKindByItself() {
        for (int i = 0; i < 100; i++) {
            lines.next("bad");
        }

        assertThat(lines.next("worse")).hasValue(0);
        assertThat(lines.next("bad")).isEmpty();
    }

    @Test
    void shouldGoOnWhenTheClockIsSetBack() {
        for (int i = 0; i < 100; i++) {
            lines.next("bad");
        }
        now -= Duration.ofDays(1).toMillis();

        assertThat(lines.next("bad")).hasValue(97);
    }
}
