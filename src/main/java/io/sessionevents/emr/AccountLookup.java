package io.sessionevents.emr;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Asks STS once whose the credentials of a source are, which needs no permission. What fails is no obstacle: then sessions of every
 * account may be of the source, and AWS says no to those that are not.
 */
record AccountLookup(EmrSettings settings) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    /**
     * What came of it.
     *
     * @param account 12 digits; null if it is not known
     * @param trouble why it is not known, a sentence; null if it is, or if there was nobody to ask
     */
    record Answer(@Nullable String account, @Nullable String trouble) {
        static final Answer NOT_ASKED = new Answer(null, null);
    }

    /** Blocks for seconds at worst, also while credentials are loaded. */
    Answer answer(Region region) {
        // Whoever answers there in AWS's place has no STS beside it that we would know of.
        if (settings.endpoint() != null && settings.stsEndpoint() == null) {
            return Answer.NOT_ASKED;
        }
        try (SourceCredentials.Closeable credentials = SourceCredentials.of(settings, region);
                StsClient sts = StsClients.create(settings, region, credentials, patience())) {
            @Nullable String account = sts.getCallerIdentity(_ -> {}).account();
            return account != null && ACCOUNT.matcher(account).matches()
                    ? new Answer(account, null)
                    : unknown("STS names no account");
        } catch (RuntimeException e) {
            return unknown(
                    e instanceof CredentialsUnavailableException told
                            ? String.valueOf(told.getMessage())
                            : "STS does not tell it (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Duration patience() {
        return settings.attemptTimeout().compareTo(PATIENCE) < 0 ? settings.attemptTimeout() : PATIENCE;
    }

    private Answer unknown(String why) {
        return new Answer(
                null,
                "The account of the source " + settings.source() + " is not known: " + why
                        + ". ARNs of every account in its Region are looked up there; set "
                        + settings.key("account.id") + ".");
    }
}
