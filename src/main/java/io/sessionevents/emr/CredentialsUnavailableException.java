package io.sessionevents.emr;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Credentials could not be loaded; the message says what to do and holds no secret. The SDK has no class of its own for this, and
 * what STS or IAM Identity Center answers in between must not be mistaken for an answer of EMR Serverless.
 */
final class CredentialsUnavailableException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean ofRole;

    private CredentialsUnavailableException(String message, boolean ofRole, Throwable cause) {
        super(SdkClientException.builder().message(message).cause(cause));
        this.ofRole = ofRole;
    }

    /** There are none of the host, the profile, the environment. */
    static CredentialsUnavailableException none(EmrSettings settings, Throwable cause) {
        return new CredentialsUnavailableException(AwsCheck.noCredentials(settings), false, cause);
    }

    /** There are some, and with them none of the role. */
    static CredentialsUnavailableException ofRole(String message, Throwable cause) {
        return new CredentialsUnavailableException(message, true, cause);
    }

    /** The same for another thread. */
    CredentialsUnavailableException again() {
        return new CredentialsUnavailableException(String.valueOf(getMessage()), ofRole, this);
    }

    /** Whether the message is about a role, and not about the credentials with which it is assumed. */
    boolean ofRole() {
        return ofRole;
    }
}
