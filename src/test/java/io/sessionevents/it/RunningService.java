package io.sessionevents.it;

import static org.awaitility.Awaitility.await;

import io.sessionevents.SessionEvents;
import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The real service in this process, quick enough for tests. */
record RunningService(SessionEvents service, ConfluentSchemaRegistry registry) implements AutoCloseable {
    private static final Map<String, String> QUICK = Map.of(
            "budget.get-session", "500", "lookup.interval.min", "50 ms", "kafka.statestore.cache.max.bytes", "0");

    static RunningService start(LocalEnvironment environment, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(QUICK);
        settings.putAll(more);
        var registry = environment.registryClient();
        var service = new SessionEvents(environment.configuration(settings), registry);
        service.start();
        await().until(service::running);
        return new RunningService(service, registry);
    }

    @Override
    public void close() throws IOException {
        service.close();
        registry.close();
    }
}
