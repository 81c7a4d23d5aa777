package io.sessionevents.session;

import org.jspecify.annotations.Nullable;

/**
 * Sessions whose keys follow each other in the stores.
 *
 * @param after only those behind that key; null to begin with the first
 * @param application only those of that application; null for all
 */
public record KeyRange(@Nullable SessionKey after, @Nullable ApplicationKey application) {
    /** All of them. */
    public static final KeyRange ALL = new KeyRange(null, null);

    private static final String LOWEST = "0";
    private static final String HIGHEST = "z".repeat(64);

    /** No key is behind this one. */
    private static final SessionKey LAST = new SessionKey(HIGHEST, HIGHEST);

    /** No key of the range comes before this one, which may be none of it; null if it begins with the first of all. */
    public @Nullable SessionKey from() {
        SessionKey lowest = application == null ? null : application.session(LOWEST);
        return lowest == null || (after != null && after.compareTo(lowest) > 0) ? after : lowest;
    }

    /** No key of the range comes behind this one. */
    public SessionKey to() {
        return application == null ? LAST : application.session(HIGHEST);
    }

    /** What of it is behind that key. */
    public KeyRange behind(SessionKey key) {
        return new KeyRange(key, application);
    }

    /** Whether no key can be in it. */
    public boolean empty() {
        return after != null && after.compareTo(to()) >= 0;
    }

    /** Whether that key is in it. */
    public boolean contains(SessionKey key) {
        return (after == null || key.compareTo(after) > 0)
                && (application == null || application.equals(ApplicationKey.of(key)));
    }
}
