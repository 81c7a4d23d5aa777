package io.sessionevents.calls;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;

/**
 * The places of a process in the period that the whole fleet has in common. The wall clock is divided into periods of {@code
 * P · 1.035 / rate}, and each of the {@code P} partitions has one place in each, all at the same distance. A process may use the
 * places of its partitions, one call each, for any of its sessions. So the fleet is one even pacer, however many processes it
 * consists of and whatever moves, as long as their clocks agree.
 *
 * <p><b>Proof.</b> Let {@code N = floor(rate + 1)} and {@code g = 1.035 / rate}. A place is used once at most, so {@code N + 1} calls have
 * places that are at least {@code N · g} apart, and {@code N · g} exceeds a second by the <i>slack</i>, at least 35 ms. A call that is
 * later than its place, compared with another one, by less than the slack cannot bring them into one second. A quarter of the
 * slack is for lateness that this class allows ({@link #lateness}), the rest for clocks that are {@link #apart} and for the network.
 *
 * <p>A partition that has just been opened may have been somebody else's, whose clock is ahead and who has used the next place
 * already. So the places of the first moment, as far as clocks may be apart, are left out.
 *
 * <p>Immutable. All processes have to put the partitions in the same order: another order, rate or number of partitions in a part of the
 * fleet counts as clocks that are apart.
 */
final class Places implements Pace {
    /** Of the slack, what calls may be late; the rest is for clocks and the network. */
    private static final double FOR_LATENESS = 0.25;

    /** No more than this is spent on either, however low the rate. */
    private static final long MOST = NANOS_PER_SECOND;

    /** Neighbours are put that far apart, in periods, so that any choice of partitions has places all over the period. */
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** Of one partition: where its place is, from the beginning of the period, and from when it may be used. */
    private record Place(int partition, long offset, long from) {}

    private final double rate;
    private final int partitions;
    private final long period;
    private final long lateness;
    private final long apart;
    private final Place[] own;

    private Places(double rate, int partitions, Place[] own) {
        this.rate = rate;
        this.partitions = partitions;
        this.period = (long) Math.ceil(partitions * MARGIN * NANOS_PER_SECOND / rate);
        this.lateness = Math.min((long) (FOR_LATENESS * slack(rate)), MOST);
        this.apart = Math.min(slack(rate) - lateness, MOST);
        this.own = own;
    }

    /**
     * No places yet.
     *
     * @param rate calls per second of the whole fleet, above 0
     * @param partitions of the fleet, 1 or more
     */
    static Places none(double rate, int partitions) {
        if (!(rate > 0) || partitions < 1) {
            throw new IllegalArgumentException(
                    rate + " calls per second over " + partitions + " partitions, expected both above 0");
        }
        return new Places(rate, partitions, new Place[0]);
    }

    /** By how much {@code floor(rate + 1)} gaps exceed a second, in nanoseconds. */
    static long slack(double rate) {
        return (long) ((Math.floor(rate + 1) * MARGIN / rate - 1) * NANOS_PER_SECOND);
    }

    /**
     * The places of these partitions, for those that were there before without interruption. A number that no partition has gets no place.
     *
     * @param now when the others were opened
     */
    Places owning(Collection<Integer> opened, long now) {
        return new Places(
                rate,
                partitions,
                opened.stream()
                        .distinct()
                        .filter(partition -> partition >= 0 && partition < partitions)
                        .map(partition -> new Place(partition, offset(partition), usableFrom(partition, now)))
                        .sorted((one, other) -> Long.compare(one.offset, other.offset))
                        .toArray(Place[]::new));
    }

    private long usableFrom(int partition, long now) {
        return Arrays.stream(own)
                .filter(place -> place.partition == partition)
                .mapToLong(Place::from)
                .findFirst()
                .orElse(now + apart);
    }

    /** Whether they are places of this period. */
    boolean of(double fleetRate, int ofPartitions) {
        return rate == fleetRate && partitions == ofPartitions;
    }

    @Override
    public Places reopened(long now) {
        return none(rate, partitions)
                .owning(Arrays.stream(own).map(Place::partition).toList(), now);
    }

    /** Where the place of a partition is, from the beginning of each period, in nanoseconds. */
    private long offset(int partition) {
        long rank = (long) partition * stride(partitions) % partitions;
        return (long) ((double) rank / partitions * period);
    }

    /** The number without a common divisor with the partitions that is nearest to the golden section of them. */
    private static int stride(int partitions) {
        int golden = (int) Math.round(partitions * GOLDEN);
        return IntStream.rangeClosed(0, partitions)
                .flatMap(distance -> IntStream.of(golden - distance, golden + distance))
                .filter(stride -> stride >= 1 && divisor(stride, partitions) == 1)
                .findFirst()
                .orElse(1);
    }

    private static int divisor(int one, int other) {
        return other == 0 ? one : divisor(other, one % other);
    }

    @Override
    public double share() {
        return rate * own.length / partitions;
    }

    /** How much later than its place a call may go out, in nanoseconds; what is later has lost its place. */
    @Override
    public long patience() {
        return lateness;
    }

    /** How far clocks may be apart, and the network may delay one call longer than another, both together, in nanoseconds. */
    long apart() {
        return apart;
    }

    @Override
    public long moment(long last, int ahead, long now, double factor) {
        if (own.length == 0) {
            return NEVER;
        }
        int left = ahead;
        for (long turn = turn(Math.max(last + 1, now - lateness)); ; turn++) {
            if (usable(turn, factor) && left-- == 0) {
                return start(turn);
            }
        }
    }

    /** The first own place that does not begin before that moment; own places are counted through all periods. */
    private long turn(long moment) {
        long begin = Math.floorDiv(moment, period) * own.length;
        long offset = Math.floorMod(moment, period);
        int index = 0;
        while (index < own.length && own[index].offset < offset) {
            index++;
        }
        return begin + index;
    }

    private long start(long turn) {
        return Math.floorDiv(turn, own.length) * period + place(turn).offset;
    }

    private Place place(long turn) {
        return own[Math.floorMod(turn, own.length)];
    }

    /** Of the places, as many are used as the factor says, evenly. */
    private boolean usable(long turn, double factor) {
        return Math.floor((turn + 1) * factor) > Math.floor(turn * factor) && start(turn) >= place(turn).from;
    }
}
