package io.sessionevents.local.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for.
 *
 * @param size of a page
 * @param token where it begins; null: the first page
 * @param states that are wanted, in the order in which they are named; empty: all
 * @param after what was created before is not wanted; null: all
 * @param before what was created later is not wanted; null: all
 */
record ListQuery(
        int size,
        @Nullable ListToken token,
        List<String> states,
        @Nullable Instant after,
        @Nullable Instant before) {
    static final int LARGEST = 50;

    private static final String PROBLEM =
            "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s";

    /**
     * Reads it.
     *
     * @param query of the URI, as it was sent; null: none
     * @param known states
     * @throws IllegalArgumentException with what AWS says of it
     */
    static ListQuery parse(@Nullable String query, List<String> known) {
        Map<String, List<String>> values = values(query);
        List<String> states = values.getOrDefault("states", List.of());
        String anyOf = "Member must satisfy enum value set: [" + String.join(", ", known) + "]";
        states.forEach(state -> check(known.contains(state), state, "states", anyOf));
        return new ListQuery(
                size(single(values, "maxResults")),
                token(single(values, "nextToken")),
                states,
                time(values, "createdAtAfter"),
                time(values, "createdAtBefore"));
    }

    boolean wants(String state, Instant createdAt) {
        return (states.isEmpty() || states.contains(state))
                && (after == null || !createdAt.isBefore(after))
                && (before == null || !createdAt.isAfter(before));
    }

    /** Number of the page; 0: the first. */
    int page() {
        return token == null ? 0 : token.page();
    }

    /** What several states are grouped by. */
    int group(String state) {
        return states.size() > 1 ? states.indexOf(state) : 0;
    }

    private static Map<String, List<String>> values(@Nullable String query) {
        Map<String, List<String>> values = new HashMap<>();
        for (String pair : (query == null ? "" : query).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.computeIfAbsent(pair.substring(0, equals), any -> new ArrayList<>())
                        .add(URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return values;
    }

    private static @Nullable String single(Map<String, List<String>> values, String name) {
        return values.containsKey(name) ? values.getOrDefault(name, List.of()).getLast() : null;
    }

    private static int size(@Nullable String value) {
        if (value == null) {
            return LARGEST;
        }
        check(value.matches("-?\\d{1,9}"), value, "maxResults", "Member must be an integer");
        int size = Integer.parseInt(value);
        check(size >= 1, value, "maxResults", "Member must have value greater than or equal to 1");
        check(size <= LARGEST, value, "maxResults", "Member must have value less than or equal to " + LARGEST);
        return size;
    }

    private static @Nullable ListToken token(@Nullable String value) {
        return value == null ? null : ListToken.parse(value);
    }

    private static @Nullable Instant time(Map<String, List<String>> values, String name) {
        String value = single(values, name);
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(PROBLEM.formatted(value, name, "Member must be a timestamp"), e);
        }
    }

    private static void check(boolean holds, String value, String name, String constraint) {
        if (!holds) {
            throw new IllegalArgumentException(PROBLEM.formatted(value, name, constraint));
        }
    }
}
