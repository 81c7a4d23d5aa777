package io.sessionevents.session;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sources that sessions are read from here. A session that is of none of them cannot be found here, and to ask for it would
 * only look like a session that has vanished.
 *
 * @param all in the order of the configuration; {@value Source#DEFAULT} comes first
 */
public record Sources(List<Source> all) {
    /** The default source alone, and nothing is known of it, so that every session may be one of it. */
    public static final Sources ANY = new Sources(List.of(new Source(Source.DEFAULT, null, null)));

    public Sources {
        all = List.copyOf(all);
    }

    /** The source of that name, which must be there. */
    public Source of(String name) {
        return all.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no source " + name));
    }

    /** Whether there is a source of that name. */
    public boolean has(String name) {
        return all.stream().anyMatch(source -> source.name().equals(name));
    }

    /**
     * The key of the session that a publisher or a user names, by {@code applicationId/sessionId}, {@code
     * SOURCE:applicationId/sessionId} or a session ARN.
     *
     * @throws IllegalArgumentException if the text is none of these; the message quotes the offending part
     * @throws UnknownSourceException if the session is of no source here
     */
    public SessionKey key(String text) throws UnknownSourceException {
        return SessionArn.begins(text) ? key(SessionArn.parse(text)) : known(SessionKey.parse(text));
    }

    /**
     * The key of the session that a publisher names by its parts.
     *
     * @param source null: {@value Source#DEFAULT}
     * @throws IllegalArgumentException if a part is no identifier or name; the message says which
     * @throws UnknownSourceException if there is no such source here
     */
    public SessionKey key(@Nullable String source, String applicationId, String sessionId)
            throws UnknownSourceException {
        return known(new SessionKey(source == null ? Source.DEFAULT : source, applicationId, sessionId));
    }

    private SessionKey known(SessionKey key) throws UnknownSourceException {
        if (!has(key.source())) {
            throw new UnknownSourceException("source " + key.source() + " is not configured here, there "
                    + (all.size() == 1 ? "is " : "are ")
                    + all.stream().map(Source::name).collect(joining(", "))
                    + ": add it to sources, or publish the session where that source is configured");
        }
        return key;
    }

    /** Of several that may have it, one whose account is known counts. */
    private SessionKey key(SessionArn session) throws UnknownSourceException {
        return all.stream()
                .filter(source -> source.mayHave(session))
                .min(Comparator.comparing(source -> source.account() == null))
                .map(source -> session.in(source.name()))
                .orElseThrow(() -> new UnknownSourceException("the ARN is of account " + session.account() + " in "
                        + session.region() + ", and sessions are looked up here in "
                        + all.stream().map(Source::toString).collect(joining(", "))
                        + ": publish it where that account and Region are configured, or add them to sources (those of the"
                        + " default one are aws.account.id and aws.region)"));
    }
}
