package io.sessionevents.config;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which environment variables set a key, and which are Kubernetes' or belong to Kafka's own scripts. */
public final class EnvironmentVariables {
    static final String OURS = "SESSION_EVENTS_";

    /**
     * Kubernetes puts these into every pod of a namespace for each Service, whose name they begin with: one called
     * session-events gives {@code SESSION_EVENTS_PORT=tcp://10.0.0.1:8080}, one called session-events-http
     * {@code SESSION_EVENTS_HTTP_PORT=tcp://…}.
     */
    private static final Pattern OF_A_SERVICE =
            Pattern.compile("(.*_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern PORT_OF_A_SERVICE = Pattern.compile("(.*_)?PORT");
    private static final Pattern URL_OF_A_SERVICE = Pattern.compile("(tcp|udp|sctp)://.*");

    private static final Pattern OF_KAFKAS_SCRIPTS =
            Pattern.compile("KAFKA_((HEAP_|GC_LOG_|JVM_PERFORMANCE_)?OPTS|JMX_.*|LOG4J_.*|HOME|DEBUG)");

    private EnvironmentVariables() {}

    /** The key that the variable sets; null if it is not for us. */
    static @Nullable String key(String variable, String value, Keys keys) {
        if (ofAService(variable, value) || OF_KAFKAS_SCRIPTS.matcher(variable).matches()) {
            return null;
        }
        if (variable.startsWith(OURS)) {
            return keys.spelledAs(dotted(variable.substring(OURS.length())));
        }
        return keys.foreign().stream()
                .map(library -> library.ofVariable(variable))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static boolean ofAService(String variable, String value) {
        return OF_A_SERVICE.matcher(variable).matches()
                || (PORT_OF_A_SERVICE.matcher(variable).matches()
                        && URL_OF_A_SERVICE.matcher(value).matches());
    }

    /** A name as part of a key: in lower case, with dots. */
    public static String dotted(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
