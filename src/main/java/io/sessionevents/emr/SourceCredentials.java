package io.sessionevents.emr;

import io.sessionevents.calls.SteadyClock;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials of a source: those of the SDK's own chain or of a profile (keys, web identity, IAM Identity Center, the host), or
 * of the role that is assumed with them. Whoever holds them closes them.
 */
final class SourceCredentials {
    private SourceCredentials() {}

    /**
     * Loads nothing yet.
     *
     * @throws IllegalArgumentException if there is a role and a proxy on the way to STS that cannot be used
     */
    static Closeable of(EmrSettings settings, Region region) {
        Closeable own = own(settings);
        return settings.role() == null
                ? own
                : new RenewedCredentials(
                        settings.source(),
                        new AssumedRole(settings, settings.role(), StsClients.create(settings, region, own), own),
                        SteadyClock.over(System::nanoTime, InstantSource.system()));
    }

    /** Those of the chain or the profile. */
    static Closeable own(EmrSettings settings) {
        DefaultCredentialsProvider.Builder builder = DefaultCredentialsProvider.builder();
        if (settings.profile() != null) {
            builder.profileName(settings.profile());
        }
        return marked(settings, builder.build());
    }

    /** Makes every failure to load these recognisable. */
    static Closeable marked(EmrSettings settings, AwsCredentialsProvider credentials) {
        return new Marked(settings, credentials);
    }

    /** Credentials that are closed. */
    interface Closeable extends AwsCredentialsProvider, SdkAutoCloseable {
        /** AWS did not take the last ones: whoever can gives others. */
        default void refused() {}

        /** AWS took the last ones, but did not permit the call: perhaps they were revoked, perhaps others would be told the same. */
        default void denied() {}
    }

    private record Marked(EmrSettings settings, AwsCredentialsProvider credentials) implements Closeable {
        @Override
        public AwsCredentials resolveCredentials() {
            try {
                return credentials.resolveCredentials();
            } catch (RuntimeException e) {
                // Whatever the members of the chain throw; some of it is not the SDK's.
                throw CredentialsUnavailableException.none(settings, e);
            }
        }

        @Override
        public void close() {
            if (credentials instanceof SdkAutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
