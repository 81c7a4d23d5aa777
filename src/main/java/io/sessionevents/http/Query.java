package io.sessionevents.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.session.Printable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, decoded; a name may occur several times. */
record Query(Map<String, List<String>> parameters) {
    static final Query EMPTY = new Query(Map.of());
    private static final int LONGEST_QUOTE = 40;

    /**
     * Reads what follows the question mark; null if nothing does.
     *
     * @throws BadRequestException if it is no query
     */
    static Query parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> parameters = new TreeMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
        }
        return new Query(parameters);
    }

    /** The values of a name; none if it does not occur. */
    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /**
     * The value of a name; null if it does not occur.
     *
     * @throws BadRequestException if it occurs twice
     */
    @Nullable
    String one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new BadRequestException(
                    "The parameter " + name + " occurs " + values.size() + " times, expected one.");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /**
     * Takes no other names than these.
     *
     * @throws BadRequestException if there is another
     */
    void expect(Collection<String> names) {
        for (String name : parameters.keySet()) {
            if (!names.contains(name)) {
                throw new BadRequestException("Unknown parameter " + quote(name) + ", expected "
                        + (names.isEmpty() ? "none." : "one of " + String.join(", ", names) + "."));
            }
        }
    }

    /** Without the parameters whose value is empty, as forms send them. */
    Query withoutEmpty() {
        Map<String, List<String>> filled = new TreeMap<>();
        parameters.forEach((name, values) -> {
            List<String> some =
                    values.stream().filter(value -> !value.isEmpty()).toList();
            if (!some.isEmpty()) {
                filled.put(name, some);
            }
        });
        return new Query(filled);
    }

    /** One more parameter, as text that can follow others. */
    static String encoded(String name, String value) {
        return name + "=" + URLEncoder.encode(value, UTF_8);
    }

    /** Text of the client's, fit for a message. */
    static String quote(String text) {
        String shown = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        return '"' + Printable.of(shown) + '"';
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("The query holds " + quote(text) + ", which is not percent-encoded.");
        }
    }
}
