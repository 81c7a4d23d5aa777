package io.sessionevents.it;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.PublicSubject;
import io.sessionevents.local.testbed.LocalRegistry;
import io.sessionevents.session.Topics;
import java.util.Map;
import org.apache.avro.Schema;

/** The schema of the events, had somebody made the sequence a text. */
final class IncompatibleSchema {
    private IncompatibleSchema() {}

    static void register(LocalRegistry registry) {
        PublicSubject subject = PublicSubject.of(new Topics(
                        "session-ids",
                        "session-state-changed",
                        "session-usage",
                        "session-alerts",
                        false,
                        "session-ids-dlq"))
                .getFirst();
        String text = subject.schema().toString();
        String changed = text.replaceFirst("(\"name\":\"sequence\",\"type\":)\"long\"", "$1\"string\"");
        if (changed.equals(text)) {
            throw new AssertionError("no sequence in " + text);
        }
        try (var client = new ConfluentSchemaRegistry(Map.of("schema.registry.url", registry.url()))) {
            int _ = client.register(subject.name(), new Schema.Parser().parse(changed));
        }
    }
}
