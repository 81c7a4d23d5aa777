package io.sessionevents.emr;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/** The SDK's default chain; a failure of it has a type of its own, so that the classifier need not read messages. */
final class Credentials implements AwsCredentialsProvider, AutoCloseable {
    private final DefaultCredentialsProvider chain;

    Credentials(@Nullable String profile) {
        var builder = DefaultCredentialsProvider.builder();
        chain = profile == null ? builder.build() : builder.profileName(profile).build();
    }

    /** No usable credentials were found. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1;

        Missing(SdkException cause) {
            super("no AWS credentials", cause);
        }
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return chain.resolveCredentials();
        } catch (SdkException e) {
            throw new Missing(e);
        }
    }

    @Override
    public void close() {
        chain.close();
    }
}
