package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A session whose id was published again was looked at once more, by the time when ids that were published after it had been
 * looked at.
 *
 * @param askedAgain the sessions, with the time when their id was published again
 * @param until when the later ones had been looked at
 */
public record WishesHeard(Map<SessionKey, Instant> askedAgain, Instant until) implements Guarantee {

    public WishesHeard {
        askedAgain = Map.copyOf(askedAgain);
    }

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        return askedAgain.entrySet().stream()
                .filter(wish -> truth.requests().stream()
                        .noneMatch(look -> look.key().equals(wish.getKey())
                                && !look.at().isBefore(wish.getValue())
                                && !look.at().isAfter(until)))
                .map(wish -> "not heard: %s was published again at %s and not looked at until %s"
                        .formatted(wish.getKey(), wish.getValue(), until))
                .toList();
    }
}
