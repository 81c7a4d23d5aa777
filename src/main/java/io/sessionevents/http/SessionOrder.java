package io.sessionevents.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In which order sessions are listed. Sessions that are equal come in the order of their keys, and those of which nothing is known
 * last, so that every session has one {@link Place}, wherever it is kept.
 *
 * @param by what is compared
 * @param descending the largest first
 */
record SessionOrder(By by, boolean descending) {
    static final SessionOrder USUAL = new SessionOrder(By.KEY, false);
    private static final String BACKWARDS = "-";
    private static final long SIXTEEN_DIGITS = 1_000_000_000_000_000L;

    /** What is compared, named as the member of the JSON that has it. */
    enum By {
        KEY("key"),
        STATE("state"),
        UPDATED_AT("updatedAt"),
        CREATED_AT("createdAt");

        private final String member;

        By(String member) {
            this.member = member;
        }

        private @Nullable String of(TrackedSession.@Nullable Seen seen) {
            if (seen == null) {
                return null;
            }
            return switch (this) {
                case KEY -> null;
                case STATE -> seen.state().name();
                case UPDATED_AT -> time(seen.updatedAt());
                case CREATED_AT -> time(seen.createdAt());
            };
        }
    }

    /**
     * Where a session stands.
     *
     * @param value compares as text; null if it is not known
     */
    record Place(@Nullable String value, SessionKey key) {
        private static final String BETWEEN = "~";

        /** As text, which {@link SessionOrder#parse} reads. */
        @Override
        public String toString() {
            return value == null ? key.toString() : value + BETWEEN + key;
        }

        /** @throws IllegalArgumentException if it is none */
        static Place parse(String text) {
            int between = text.indexOf(BETWEEN);
            return between < 0
                    ? new Place(null, SessionKey.parse(text))
                    : new Place(text.substring(0, between), SessionKey.parse(text.substring(between + 1)));
        }
    }

    /** The name of it, as {@link #parse} reads it. */
    String text() {
        return (descending ? BACKWARDS : "") + by.member;
    }

    /** @throws BadRequestException if there is none of that name */
    static SessionOrder parse(String text) {
        boolean descending = text.startsWith(BACKWARDS);
        String member = descending ? text.substring(1) : text;
        return Arrays.stream(By.values())
                .filter(by -> by.member.equals(member))
                .findFirst()
                .map(by -> new SessionOrder(by, descending))
                .orElseThrow(() -> new BadRequestException("The sort is " + Query.quote(text) + ", expected one of "
                        + names().collect(Collectors.joining(", ")) + "."));
    }

    /** The names of all orders. */
    static Stream<String> names() {
        return Arrays.stream(By.values()).flatMap(by -> Stream.of(by.member, BACKWARDS + by.member));
    }

    Place of(TrackedSession session) {
        return new Place(by.of(session.seen()), session.key());
    }

    /** The same of a session as the API shows it. */
    Place of(JsonNode session) {
        SessionKey key = SessionKey.parse(session.path(TrackedSessionJson.KEY).asText());
        String text = session.path(by.member).textValue();
        return new Place(
                switch (by) {
                    case KEY -> null;
                    case STATE -> text;
                    case UPDATED_AT, CREATED_AT -> time(text);
                },
                key);
    }

    Comparator<Place> places() {
        Comparator<String> values = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Comparator<SessionKey> keys = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.comparing(Place::value, Comparator.nullsLast(values)).thenComparing(Place::key, keys);
    }

    /** Milliseconds, to which as much is added as makes all equally long, so that they compare as text. */
    private static String time(Instant time) {
        return Long.toString(SIXTEEN_DIGITS + Math.clamp(time.toEpochMilli(), 0, SIXTEEN_DIGITS));
    }

    private static @Nullable String time(@Nullable String text) {
        try {
            return text == null ? null : time(Instant.parse(text));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
