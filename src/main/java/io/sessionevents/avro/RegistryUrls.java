package io.sessionevents.avro;

import io.sessionevents.masking.Secrets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The value of {@code schema.registry.url}: one or more URLs with commas between them, perhaps with a user and a password.
 *
 * @param given as it was given
 */
record RegistryUrls(String given) {
    /** A password may hold a comma, so only one before a scheme divides. */
    private static final Pattern BETWEEN = Pattern.compile("\\s*,\\s*(?=[a-zA-Z][a-zA-Z0-9+.-]*://)");

    List<String> each() {
        return Arrays.stream(BETWEEN.split(given, -1)).map(String::strip).toList();
    }

    /** As they may be shown: without users and passwords. */
    String masked() {
        return Secrets.urls(given);
    }

    @Override
    public String toString() {
        return masked();
    }
}
