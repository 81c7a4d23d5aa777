package io.sessionevents.local.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StandstillsTest {
    private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");

    private final Standstills standstills = new Standstills();

    @Test
    void shouldCountWhatIsSeenWhenItStoodNeverStill() {
        assertThat(standstills.mostForCertain(every(100, 30))).isEqualTo(10);
        assertThat(standstills.mostForCertain(every(99, 30))).isEqualTo(11);
        assertThat(standstills.mostForCertain(List.of())).isZero();
    }

    @Test
    void shouldNotTakeWhatWasSeenTogetherAfterAStandstillForSentTogether() {
        standstills.noted(at(500), at(760));
        List<Truth.Request> requests = requests(LongStream.of(
                0, 100, 200, 300, 400, 763, 764, 765, 800, 900, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700));

        assertThat(standstills.mostForCertain(requests)).isEqualTo(10);
    }

    @Test
    void shouldFindOutTooManyRequestsAllTheSame() {
        standstills.noted(at(500), at(760));
        standstills.noted(at(5000), at(5300));

        assertThat(standstills.mostForCertain(every(50, 100))).isEqualTo(20);
    }

    private static List<Truth.Request> every(int millis, int count) {
        return requests(IntStream.range(0, count).mapToLong(i -> (long) i * millis));
    }

    private static List<Truth.Request> requests(LongStream millis) {
        return millis.mapToObj(at -> new Truth.Request(at(at), new SessionKey("app", "session"), 200, Fault.NONE))
                .toList();
    }

    private static Instant at(long millis) {
        return BEGIN.plusMillis(millis);
    }
}
