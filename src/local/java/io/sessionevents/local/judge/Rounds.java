package io.sessionevents.local.judge;

import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Time as the service's own looks measure it: a round is as many looks that were answered with the truth as there are sessions
 * to track at its beginning; those at usage after the end do not count. A machine that is slow makes rounds longer, and nobody guilty.
 */
public final class Rounds {
    private final Instant[] looks;
    private final Instant[] published;
    private final Instant[] ended;

    /** @param publications of the sessions that the service was asked to track */
    public Rounds(Truth truth, Map<SessionKey, Instant> publications) {
        Map<SessionKey, Instant> ends = endsSeen(truth);
        looks = sorted(truth.requests().stream()
                .filter(Truth.Request::honest)
                .filter(look -> !look.at().isAfter(ends.getOrDefault(look.key(), Instant.MAX)))
                .map(Truth.Request::at)
                .toList());
        published = sorted(publications.values().stream().toList());
        ended = sorted(truth.sessions().entrySet().stream()
                .filter(session -> publications.containsKey(session.getKey()))
                .map(session -> session.getValue().getLast())
                .filter(last -> last.terminal())
                .map(last -> last.from())
                .toList());
    }

    /** When the end of each was first looked at; looks after that are at its usage. */
    private static Map<SessionKey, Instant> endsSeen(Truth truth) {
        return truth.requests().stream()
                .filter(look -> look.honest()
                        && truth.end(look.key())
                                .filter(end -> !look.at().isBefore(end))
                                .isPresent())
                .collect(Collectors.toMap(
                        Truth.Request::key, Truth.Request::at, (one, other) -> one.isBefore(other) ? one : other));
    }

    private static Instant[] sorted(List<Instant> moments) {
        return moments.stream().sorted().toArray(Instant[]::new);
    }

    /** How many rounds were made within that time; sessions that came meanwhile were looked at as well. */
    public double within(Interval time) {
        int made = until(looks, time.to()) - until(looks, time.from());
        return Math.max(0, made) / Math.max(tracked(time.from()), tracked(time.to()));
    }

    /** When so many rounds were over since then; empty if they never were. */
    public Optional<Instant> after(Instant since, int rounds) {
        int last = until(looks, since) + (int) Math.ceil(rounds * tracked(since));
        return last < looks.length ? Optional.of(looks[last]) : Optional.empty();
    }

    /** Sessions that were to be looked at; at least one. */
    private double tracked(Instant when) {
        return Math.max(1, until(published, when) - until(ended, when));
    }

    /** How many of them are not later than that. */
    private static int until(Instant[] moments, Instant when) {
        int place = Arrays.binarySearch(moments, when);
        if (place < 0) {
            return -place - 1;
        }
        while (place < moments.length && !moments[place].isAfter(when)) {
            place++;
        }
        return place;
    }
}
