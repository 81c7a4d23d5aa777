package io.sessionevents.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** A path of this origin with its query, encoded. */
record Address(String text) {
    static Address of(String path) {
        return new Address(path);
    }

    /** With one more parameter; the same if the value is null or empty. */
    Address with(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return this;
        }
        char sign = text.indexOf('?') < 0 ? '?' : '&';
        return new Address(text + sign + name + "=" + URLEncoder.encode(value, UTF_8));
    }
}
