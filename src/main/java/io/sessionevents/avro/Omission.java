package io.sessionevents.avro;

import io.sessionevents.session.StateChange;
import java.util.Arrays;
import java.util.List;

/** What an event can do without if it would be larger than its topic takes, in the order in which it is left out. */
enum Omission {
    CONFIGURATION_OVERRIDES("session.configurationOverrides"),
    TAGS("session.tags"),
    LABELS("labels");

    private final String field;

    Omission(String field) {
        this.field = field;
    }

    /** The field of the event that is left out. */
    String field() {
        return field;
    }

    /** Those that would make the event of that change smaller. */
    static List<Omission> of(StateChange change) {
        return Arrays.stream(values()).filter(part -> part.isIn(change)).toList();
    }

    private boolean isIn(StateChange change) {
        return switch (this) {
            case CONFIGURATION_OVERRIDES -> change.session().configurationOverrides() != null;
            case TAGS -> change.session().tags() != null;
            case LABELS -> !change.labels().isEmpty();
        };
    }
}
