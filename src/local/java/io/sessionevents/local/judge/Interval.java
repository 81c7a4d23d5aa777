package io.sessionevents.local.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A stretch of time; the end does not belong to it. */
public record Interval(Instant from, Instant to) {

    public Duration length() {
        return Duration.between(from, to);
    }

    public boolean contains(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }

    /** What is left of it outside of the others, in order. */
    public List<Interval> without(List<Interval> others) {
        List<Interval> left = new ArrayList<>();
        Instant begin = from;
        for (Interval other :
                others.stream().sorted(Comparator.comparing(Interval::from)).toList()) {
            if (other.from().isAfter(begin)) {
                left.add(new Interval(begin, earlier(other.from(), to)));
            }
            begin = later(begin, other.to());
            if (!begin.isBefore(to)) {
                return left;
            }
        }
        left.add(new Interval(begin, to));
        return left;
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
