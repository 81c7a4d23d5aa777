package io.sessionevents.local.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request in the Query protocol: a form. */
record StsRequest(Map<String, String> form) {
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(12);

    static StsRequest parse(byte[] body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : new String(body, UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return new StsRequest(form);
    }

    String action() {
        return form.getOrDefault("Action", "");
    }

    @Nullable
    String role() {
        return form.get("RoleArn");
    }

    @Nullable
    String sessionName() {
        return form.get("RoleSessionName");
    }

    @Nullable
    String externalId() {
        return form.get("ExternalId");
    }

    /** What AWS would not take of it, whoever asks. */
    Optional<String> problem() {
        String name = sessionName();
        String id = externalId();
        if (role() == null || name == null) {
            return Optional.of("RoleArn and RoleSessionName must not be null");
        }
        if (!SESSION_NAME.matcher(name).matches()) {
            return Optional.of("roleSessionName must satisfy " + SESSION_NAME);
        }
        if (id != null && !EXTERNAL_ID.matcher(id).matches()) {
            return Optional.of("externalId must satisfy " + EXTERNAL_ID);
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(form.getOrDefault("DurationSeconds", "3600")));
        return wanted.compareTo(SHORTEST) < 0 || wanted.compareTo(LONGEST) > 0
                ? Optional.of("durationSeconds must be from 900 to 43200")
                : Optional.empty();
    }
}
