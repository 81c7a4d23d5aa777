package io.sessionevents.local.testbed;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry answers for a schema id instead of what it holds.
 *
 * @param after milliseconds until it is answered
 */
public record Said(int status, String contentType, String body, long after) {
    private static final Pattern SCHEMA_ID = Pattern.compile("/schemas/ids/(\\d{1,9})$");

    /** In the media type of a registry. */
    public static Said json(int status, String body) {
        return new Said(status, LocalRegistry.CONTENT_TYPE, body, 0);
    }

    /** By schema id. Safe for use by many threads. */
    record ByIds(Map<Integer, Said> all) {
        ByIds() {
            this(new ConcurrentHashMap<>());
        }

        /** @param path of a request */
        Optional<Said> at(String path) {
            Matcher id = SCHEMA_ID.matcher(path);
            return id.find() ? Optional.ofNullable(all.get(Integer.valueOf(id.group(1)))) : Optional.empty();
        }
    }
}
