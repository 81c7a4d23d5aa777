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
     * The key of the application that a publisher or a user names, by {@code applicationId}, {@code SOURCE:applicationId} or an
     * application ARN.
     *
     * @throws IllegalArgumentException if the text is none of these; the message quotes the offending part
     * @throws UnknownSourceException if the application is of no source here
     */
    public ApplicationKey applicationKey(String text) throws UnknownSourceException {
        return SessionArn.begins(text) ? key(ApplicationArn.parse(text)) : known(ApplicationKey.parse(text));
    }

    /**
     * The key of whatever of the two is named.
     *
     * @throws IllegalArgumentException if the text names neither; the message quotes the offending part
     * @throws UnknownSourceException if it is of no source here
     */
    public TrackedKey trackedKey(String text) throws UnknownSourceException {
        return SessionArn.begins(text) ? key(TrackedArn.parse(text)) : known(TrackedKey.parse(text));
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

    /**
     * The key of the application that a publisher names by its parts.
     *
     * @param source null: {@value Source#DEFAULT}
     * @throws IllegalArgumentException if a part is no identifier or name; the message says which
     * @throws UnknownSourceException if there is no such source here
     */
    public ApplicationKey applicationKey(@Nullable String source, String applicationId) throws UnknownSourceException {
        return known(new ApplicationKey(source == null ? Source.DEFAULT : source, applicationId));
    }

    /**
     * The key of the session of an account and Region.
     *
     * @throws IllegalArgumentException if an id is none; the message says which
     * @throws UnknownSourceException if no source here is of that account and Region
     */
    public SessionKey key(SessionArn session) throws UnknownSourceException {
        return session.in(sourceOf(session));
    }

    private ApplicationKey key(ApplicationArn application) throws UnknownSourceException {
        return application.in(sourceOf(application));
    }

    private TrackedKey key(TrackedArn arn) throws UnknownSourceException {
        return arn.in(sourceOf(arn));
    }

    private <K extends TrackedKey> K known(K key) throws UnknownSourceException {
        if (!has(key.source())) {
            throw new UnknownSourceException("source " + key.source() + " is not configured here, there "
                    + (all.size() == 1 ? "is " : "are ")
                    + all.stream().map(Source::name).collect(joining(", "))
                    + ": add it to sources, or publish it where that source is configured");
        }
        return key;
    }

    /** Of several that may be it, one whose account is known counts. */
    private String sourceOf(TrackedArn arn) throws UnknownSourceException {
        return all.stream()
                .filter(source -> source.mayHave(arn))
                .min(Comparator.comparing(source -> source.account() == null))
                .map(Source::name)
                .orElseThrow(() -> new UnknownSourceException("it is of account " + arn.account() + " in "
                        + arn.region() + ", and sessions are looked up here in "
                        + all.stream().map(Source::toString).collect(joining(", "))
                        + ": publish it where that account and Region are configured, or add them to sources (those of the"
                        + " default one are aws.account.id and aws.region)"));
    }
}
