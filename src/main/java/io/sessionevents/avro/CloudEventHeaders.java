package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an event as headers of its record: CloudEvents 1.0, Kafka protocol binding, binary mode. The value stays
 * what it is, so that readers of Avro need not know about them, and routers need not know Avro. The extension attributes
 * {@code state}, {@code previousstate} and {@code terminal} of a change, {@code status} and {@code revision} of a usage record,
 * {@code kind}, {@code status} and {@code crossing} of an alert repeat what one routes by.
 */
public final class CloudEventHeaders {
    /** Changes only when the meaning of the event does; schemas grow compatibly without it. */
    public static final String TYPE = "io.sessionevents.session.state-changed.v1";

    /** The same of a usage record. */
    public static final String USAGE_TYPE = "io.sessionevents.session.usage.v1";

    /** The same of an alert. */
    public static final String ALERT_TYPE = "io.sessionevents.session.alert.v1";

    private static final String CONTENT_TYPE = "content-type";
    private static final String SESSIONS = "/sessions/";

    private CloudEventHeaders() {}

    /**
     * Sets the headers; those of the same names are replaced.
     *
     * @param contentType media type of the value; null if it is not known
     */
    public static void set(Headers headers, StateChange change, @Nullable String contentType) {
        set(headers, "ce_specversion", "1.0");
        set(headers, "ce_id", change.eventId().toString());
        set(headers, "ce_source", source(change.session().arn(), change.key()));
        set(headers, "ce_type", TYPE);
        set(headers, "ce_subject", change.key().toString());
        set(headers, "ce_time", change.occurredAt().toString());
        set(headers, "ce_state", change.state().name());
        SessionState previous = change.previousState();
        if (previous != null) {
            set(headers, "ce_previousstate", previous.name());
        }
        set(headers, "ce_terminal", Boolean.toString(change.state().terminal()));
        contentType(headers, contentType);
    }

    /**
     * Sets the headers; those of the same names are replaced.
     *
     * @param contentType media type of the value; null if it is not known
     */
    public static void set(Headers headers, UsageRecord usage, @Nullable String contentType) {
        set(headers, "ce_specversion", "1.0");
        set(headers, "ce_id", usage.usageId().toString());
        set(headers, "ce_source", source(usage.identity().arn(), usage.key()));
        set(headers, "ce_type", USAGE_TYPE);
        set(headers, "ce_subject", usage.key().toString());
        set(headers, "ce_time", usage.settledAt().toString());
        set(headers, "ce_status", usage.status().name());
        set(headers, "ce_revision", Integer.toString(usage.revision()));
        contentType(headers, contentType);
    }

    /**
     * Sets the headers; those of the same names are replaced.
     *
     * @param contentType media type of the value; null if it is not known
     */
    public static void set(Headers headers, SessionAlert alert, @Nullable String contentType) {
        set(headers, "ce_specversion", "1.0");
        set(headers, "ce_id", alert.alertId().toString());
        set(headers, "ce_source", source(alert.identity().arn(), alert.key()));
        set(headers, "ce_type", ALERT_TYPE);
        set(headers, "ce_subject", alert.key().toString());
        set(headers, "ce_time", alert.decidedAt().toString());
        set(headers, "ce_kind", alert.kind().name());
        set(headers, "ce_status", alert.status().name());
        set(headers, "ce_crossing", Integer.toString(alert.crossing()));
        contentType(headers, contentType);
    }

    private static void contentType(Headers headers, @Nullable String contentType) {
        if (contentType != null) {
            set(headers, CONTENT_TYPE, contentType);
        }
    }

    /**
     * The ARN of the application, which also names account and Region. An ARN is a URI. Should AWS ever send one that is not,
     * the application's path stands for it: a router must not stumble over an event.
     */
    private static String source(String arn, SessionKey key) {
        int end = arn.indexOf(SESSIONS);
        String application = end < 0 ? arn : arn.substring(0, end);
        try {
            String source = new URI(application).toASCIIString();
            return source.isEmpty() ? path(key) : source;
        } catch (URISyntaxException e) {
            return path(key);
        }
    }

    private static String path(SessionKey key) {
        return "/applications/" + key.applicationId();
    }

    private static void set(Headers headers, String name, String text) {
        headers.remove(name);
        headers.add(name, text.getBytes(UTF_8));
    }
}
