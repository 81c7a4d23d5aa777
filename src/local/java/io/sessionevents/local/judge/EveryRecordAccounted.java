package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Truth;
import java.util.List;

/**
 * Each record that no one can read has its dead letter, and there is no other.
 *
 * @param published unreadable records
 * @param deadLetters that speak of unreadable records
 */
public record EveryRecordAccounted(int published, int deadLetters) implements Guarantee {

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        return published == deadLetters
                ? List.of()
                : List.of("%d dead letters, expected one for each of %d unreadable records"
                        .formatted(deadLetters, published));
    }
}
