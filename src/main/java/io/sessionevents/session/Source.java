package io.sessionevents.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose sessions are looked up here: those of one Region and one account. A session of another one cannot be found here, and
 * to ask for it would only look like a session that has vanished.
 *
 * @param region null if it is not known
 * @param account 12 digits; null if it is not known
 */
public record Source(@Nullable String region, @Nullable String account) {
    /** Nothing is known, so every session may be one of them. */
    public static final Source ANY = new Source(null, null);

    private static final int REGION = 3;
    private static final int ACCOUNT = 4;
    private static final int RESOURCE = 5;

    /**
     * Why a session is not looked up here; empty if it is, or if the text does not tell.
     *
     * @param session an ARN or {@code applicationId/sessionId}
     */
    public Optional<String> objection(String session) {
        String[] parts = session.strip().split(":", -1);
        return parts.length <= RESOURCE ? Optional.empty() : objection(parts[REGION], parts[ACCOUNT]);
    }

    /** The same of a session whose Region and account are known. */
    public Optional<String> objection(String itsRegion, String itsAccount) {
        if (region != null && !region.equals(itsRegion)) {
            return Optional.of("the ARN is of Region " + itsRegion + ", and sessions are looked up in " + region
                    + " here: publish it where that Region's sessions are tracked, or set aws.region");
        }
        if (account != null && !account.equals(itsAccount)) {
            return Optional.of(
                    "the ARN is of account " + itsAccount + ", and sessions of " + account
                            + " are looked up here: publish it where that account's sessions are tracked, or set aws.account.id");
        }
        return Optional.empty();
    }
}
