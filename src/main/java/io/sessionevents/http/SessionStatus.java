package io.sessionevents.http;

import io.sessionevents.session.Phase;
import io.sessionevents.session.TrackedSession;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether a session is looked at. */
enum SessionStatus {
    TRACKED,
    /** Tracked, and not looked at before its source is configured again. */
    SOURCE_NOT_CONFIGURED,
    ENDED,
    STOPPED;

    /** @param sources whether sessions of the source of that name are looked at */
    static SessionStatus of(TrackedSession session, Predicate<String> sources) {
        return switch (session.phase()) {
            case Phase.Tracked _ -> sources.test(session.key().source()) ? TRACKED : SOURCE_NOT_CONFIGURED;
            case Phase.Stopped _ -> STOPPED;
            case Phase.Settling _, Phase.Closed _ -> ENDED;
        };
    }

    /** @throws BadRequestException if there is none of that name */
    static SessionStatus parse(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("The status is " + Query.quote(text) + ", expected "
                        + Arrays.stream(values()).map(SessionStatus::text).collect(Collectors.joining(", ")) + "."));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
