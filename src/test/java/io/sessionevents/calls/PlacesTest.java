package io.sessionevents.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_800_000_000L * SECOND;

    /** N gaps, N = floor(rate + 1), exceed a second by that much. */
    @ParameterizedTest
    @CsvSource({
        "0.3, 2450",
        "0.95, 89.4",
        "1, 1070",
        "2.5, 242",
        "9.5, 89.4",
        "10, 138.5",
        "40, 60.8",
        "99.99, 35.1",
        "100, 45.3",
        "1000, 36"
    })
    void shouldKnowTheSlackOfARate(double rate, double millis) {
        assertThat(Places.slack(rate) / 1e6).isCloseTo(millis, within(0.1));
    }

    @Test
    void shouldLeaveAtLeast35MillisecondsAtAnyRate() {
        for (double rate = 0.0011; rate < 1e6; rate *= 1.0007) {
            assertThat(Places.slack(rate)).as("rate %s", rate).isGreaterThanOrEqualTo(34_999_999);
        }
    }

    @ParameterizedTest
    @CsvSource({"9.5, 12", "9.5, 1", "0.3, 50", "100, 12", "1000, 1000", "0.0011, 1000", "1000000, 7", "3, 64"})
    void shouldGiveTheWholeFleetOneEvenPace(double rate, int partitions) {
        List<Long> moments = moments(opened(rate, partitions, all(partitions)), 3 * partitions, 1);

        double gap = Pace.MARGIN * SECOND / rate;
        for (int i = 1; i < moments.size(); i++) {
            double distance = moments.get(i) - moments.get(i - 1);
            assertThat(distance).as("rate %s, place %s", rate, i).isCloseTo(gap, within(2.0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 12, 50, 997, 1000})
    void shouldGiveNoPlaceToTwoPartitions(int partitions) {
        Set<Long> first = IntStream.range(0, partitions)
                .mapToObj(partition -> moments(opened(9.5, partitions, Set.of(partition)), 1, 1)
                        .getFirst())
                .map(moment -> Math.floorMod(moment, period(9.5, partitions)))
                .collect(Collectors.toSet());

        assertThat(first).hasSize(partitions);
    }

    /** Whoever has neighbours, or every n-th partition, is not silent for most of a long period. */
    @ParameterizedTest
    @CsvSource({
        "12, 4, 1",
        "12, 4, 3",
        "12, 6, 2",
        "50, 10, 1",
        "50, 10, 5",
        "1000, 100, 1",
        "1000, 100, 10",
        "1000, 250, 4"
    })
    void shouldSpreadThePlacesOfAProcessOverThePeriod(int partitions, int count, int step) {
        Set<Integer> owned = IntStream.range(0, count).mapToObj(i -> i * step).collect(Collectors.toSet());

        List<Long> moments = moments(opened(9.5, partitions, owned), 2 * count, 1);

        double fair = (double) period(9.5, partitions) / count;
        for (int i = 1; i < moments.size(); i++) {
            assertThat(moments.get(i) - moments.get(i - 1)).isLessThan((long) (3 * fair));
        }
    }

    @Test
    void shouldLeaveOutWhatBeginsWhenAPartitionIsOpened() {
        Places places = Places.none(9.5, 12);
        for (int i = 0; i < 100; i++) {
            long now = NOW + i * 7_919_000L;
            assertThat(places.owning(all(12), now).moment(0, 0, now, 1)).isGreaterThanOrEqualTo(now + places.apart());
        }
    }

    @Test
    void shouldGoOnWithWhatItHadWhenMoreIsOpened() {
        Places one = opened(9.5, 12, Set.of(3));
        long moment = one.moment(NOW, 0, NOW, 1);

        assertThat(one.owning(Set.of(3, 4), moment).moment(moment - 1, 0, moment, 1))
                .isEqualTo(moment);
        assertThat(one.owning(Set.of(4), moment).owning(Set.of(3, 4), moment).moment(moment - 1, 0, moment, 1))
                .isGreaterThan(moment);
    }

    @Test
    void shouldUseAPlaceOnceAndNotMuchLater() {
        Places places = opened(9.5, 12, all(12));
        long moment = places.moment(NOW, 0, NOW, 1);

        assertThat(places.moment(NOW, 0, moment + places.patience(), 1)).isEqualTo(moment);
        assertThat(places.moment(NOW, 0, moment + places.patience() + 1, 1)).isGreaterThan(moment);
        assertThat(places.moment(moment, 0, moment, 1)).isGreaterThan(moment);
    }

    @Test
    void shouldCountThoseThatGoAhead() {
        Places places = opened(9.5, 12, Set.of(1, 5, 7));
        List<Long> moments = moments(places, 10, 1);

        for (int ahead = 0; ahead < 9; ahead++) {
            assertThat(places.moment(moments.getFirst(), ahead, moments.getFirst(), 1))
                    .isEqualTo(moments.get(ahead + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1})
    void shouldLeaveOutPlacesEvenlyWhenLessIsUsed(double factor) {
        Places places = opened(9.5, 12, Set.of(2, 3, 8));
        List<Long> moments = moments(places, 300, factor);

        double seconds = (moments.getLast() - moments.getFirst()) / 1e9;
        assertThat(299 / seconds).isCloseTo(places.share() * factor / Pace.MARGIN, within(0.02));
    }

    @Test
    void shouldGiveNoMomentWithoutAPartition() {
        assertThat(Places.none(9.5, 12).moment(0, 0, NOW, 1)).isEqualTo(Pace.NEVER);
        assertThat(Places.none(9.5, 12).owning(Set.of(-1, 12), NOW).share()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 12", "-1, 12", "NaN, 12", "9.5, 0"})
    void shouldRefuseWhatIsNoRateOrNoPartition(double rate, int partitions) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Places.none(rate, partitions))
                .withMessageContaining(rate + " calls per second over " + partitions);
    }

    private static long period(double rate, int partitions) {
        return (long) Math.ceil(partitions * Pace.MARGIN * SECOND / rate);
    }

    private static Places opened(double rate, int partitions, Set<Integer> owned) {
        return Places.none(rate, partitions).owning(owned, NOW - 10 * SECOND);
    }

    private static Set<Integer> all(int partitions) {
        return IntStream.range(0, partitions).boxed().collect(Collectors.toSet());
    }

    /** That many moments one after the other, each used in time. */
    private static List<Long> moments(Places places, int count, double factor) {
        Long[] moments = new Long[count];
        long last = NOW;
        for (int i = 0; i < count; i++) {
            last = places.moment(last, 0, last, factor);
            moments[i] = last;
        }
        return new ArrayList<>(Arrays.asList(moments));
    }
}
