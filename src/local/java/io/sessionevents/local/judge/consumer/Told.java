package io.sessionevents.local.judge.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.simulator.SessionKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a service told its consumers.
 *
 * @param events in the order of the output topic, partition by partition
 * @param arrivals when the consumer had each event, by event id, where that was noted
 * @param deadLetters all of them
 * @param usage in the order of its topic, partition by partition; none where nobody read it
 * @param alerts likewise
 */
public record Told(
        List<ObservedChange> events,
        Map<String, Instant> arrivals,
        List<ConsumerRecord<byte[], byte[]>> deadLetters,
        List<ObservedUsage> usage,
        List<ObservedAlert> alerts) {
    private static final String REASON = "session-events.reason";
    private static final Set<String> GIVEN_UP = Set.of("session-not-found", "session-rejected");

    public Told {
        events = List.copyOf(events);
        arrivals = Map.copyOf(arrivals);
        deadLetters = List.copyOf(deadLetters);
        usage = List.copyOf(usage);
        alerts = List.copyOf(alerts);
    }

    /** Where nobody read the usage and the alerts. */
    public Told(
            List<ObservedChange> events,
            Map<String, Instant> arrivals,
            List<ConsumerRecord<byte[], byte[]>> deadLetters) {
        this(events, arrivals, deadLetters, List.of(), List.of());
    }

    /** Events alone. */
    public static Told of(List<ObservedChange> events) {
        return new Told(events, Map.of(), List.of());
    }

    /** The same events, and these dead letters. */
    public Told with(List<ConsumerRecord<byte[], byte[]>> letters) {
        return new Told(events, arrivals, letters, usage, alerts);
    }

    /** The same events, and this usage. */
    public Told using(List<ObservedUsage> records) {
        return new Told(events, arrivals, deadLetters, records, alerts);
    }

    /** The same events, and these alerts. */
    public Told alerting(List<ObservedAlert> records) {
        return new Told(events, arrivals, deadLetters, usage, records);
    }

    /** The same, with the events of that source alone. */
    public Told in(String source) {
        return new Told(
                events.stream()
                        .filter(event -> event.key().source().equals(source))
                        .toList(),
                arrivals,
                deadLetters,
                usage.stream()
                        .filter(record -> record.key().source().equals(source))
                        .toList(),
                alerts.stream()
                        .filter(record -> record.key().source().equals(source))
                        .toList());
    }

    /** The sessions of which a dead letter says that they are lost. */
    public Set<SessionKey> givenUp() {
        return deadLetters.stream()
                .filter(Told::givesUp)
                .map(letter -> SessionKey.parse(new String(letter.value(), UTF_8)))
                .collect(Collectors.toSet());
    }

    /** How many dead letters say that a record could not be read. */
    public int unreadable() {
        return (int) deadLetters.stream().filter(letter -> !givesUp(letter)).count();
    }

    private static boolean givesUp(ConsumerRecord<byte[], byte[]> letter) {
        Header reason = letter.headers().lastHeader(REASON);
        return reason != null && GIVEN_UP.contains(new String(reason.value(), UTF_8));
    }
}
