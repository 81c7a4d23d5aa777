package io.sessionevents.local.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Watch;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * All that is known of what a service did, and the judgement of it. Shares no code with the service: it knows the events from
 * the topic and the registry, and the truth from the simulated endpoint.
 *
 * @param truth about the sessions of that service
 * @param published the sessions that it was asked to track, with the time when the broker had the id
 * @param received by a consumer of committed events
 * @param deadLetters committed
 * @param poisoned how many records were published that no one can read
 * @param disturbances when a part of the sessions could not be looked at, or answers could be lost with an instance
 * @param until the end of the observation
 * @param limits what is allowed
 */
public record Evidence(
        Truth truth,
        Map<SessionKey, Instant> published,
        List<Watch.Received> received,
        List<ConsumerRecord<byte[], byte[]>> deadLetters,
        int poisoned,
        List<Interval> disturbances,
        Instant until,
        Limits limits) {
    /**
     * What is allowed.
     *
     * @param rounds of looks that a session may wait for its next look, and an event for its consumer
     * @param budget requests per second
     */
    public record Limits(double rounds, double budget) {
        /** Instances do not look at the same pace, and do not send at the pace of their endpoint's machine. */
        public static final Limits OF_A_FLEET = new Limits(20, Double.POSITIVE_INFINITY);
    }

    private static final int EXAMPLES = 5;
    private static final String REASON = "session-events.reason";
    private static final Set<String> GIVEN_UP = Set.of("session-not-found", "session-rejected");

    /** How many states had to be reported. */
    public int observable() {
        return everyChange().observable(truth).size();
    }

    /**
     * Judges.
     *
     * @param examples is told a few violations of each kind, for people
     */
    public Findings judge(Consumer<String> examples) {
        Set<SessionKey> givenUp = new HashSet<>();
        int unreadable = 0;
        for (ConsumerRecord<byte[], byte[]> letter : deadLetters) {
            if (GIVEN_UP.contains(reason(letter))) {
                givenUp.add(SessionKey.parse(new String(letter.value(), UTF_8)));
            } else {
                unreadable++;
            }
        }
        if (unreadable != poisoned) {
            examples.accept(
                    "%d dead letters, expected one for each of %d unreadable records".formatted(unreadable, poisoned));
        }
        return new Findings(
                count(everyChange(), examples),
                count(new NoDuplicates(), examples),
                count(new InOrderPerSession(), examples),
                count(new NothingInvented(), examples) + count(new NothingAfterTerminal(), examples),
                count(new ToldInTime(limits.rounds(), published, arrivals(), disturbances), examples),
                count(new NobodyStarves(limits.rounds(), limits.rounds(), published, until, disturbances), examples),
                count(new NoneGivenUp(givenUp), examples),
                count(new BudgetNeverExceeded(limits.budget()), examples),
                Math.abs(unreadable - poisoned));
    }

    private EveryChangeReported everyChange() {
        return new EveryChangeReported(published, disturbances);
    }

    private int count(Guarantee guarantee, Consumer<String> examples) {
        List<String> violations = guarantee.violations(
                truth, received.stream().map(Watch.Received::event).toList());
        violations.stream().limit(EXAMPLES).forEach(examples);
        return violations.size();
    }

    private Map<String, Instant> arrivals() {
        Map<String, Instant> arrivals = new HashMap<>();
        for (Watch.Received one : received) {
            ObservedChange event = one.event();
            arrivals.putIfAbsent(event.eventId(), one.at());
        }
        return arrivals;
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        Header header = letter.headers().lastHeader(REASON);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
