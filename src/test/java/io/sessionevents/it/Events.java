package io.sessionevents.it;

import io.sessionevents.local.judge.consumer.ChangeReader;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;

/** Everything that has been committed to the output topic, as a downstream consumer reads it. */
final class Events implements AutoCloseable {
    private final ChangeReader reader;
    private final List<GenericRecord> records = new ArrayList<>();

    Events(LocalEnvironment environment) {
        reader = environment.changes();
    }

    List<ObservedChange> all() {
        reader.pollToEnd(records::add);
        return records.stream().map(ObservedChange::of).toList();
    }

    /** The first record of the session in that state; waits for it. */
    GenericRecord await(SessionKey key, String rawState) {
        awaitThat(event -> event.key().equals(key) && event.rawState().equals(rawState));
        return records.stream()
                .filter(found -> ObservedChange.of(found).key().equals(key)
                        && ObservedChange.of(found).rawState().equals(rawState))
                .findFirst()
                .orElseThrow();
    }

    void awaitThat(Predicate<ObservedChange> wanted) {
        org.awaitility.Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> all().stream().anyMatch(wanted));
    }

    @Override
    public void close() {
        reader.close();
    }
}
