package io.sessionevents.emr;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Credentials could not be loaded. The SDK has no class of its own for this, and what STS or IAM Identity Center answers
 * in between must not be mistaken for an answer of EMR Serverless.
 */
final class CredentialsUnavailableException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    CredentialsUnavailableException(RuntimeException cause) {
        super(SdkClientException.builder().message("no usable AWS credentials").cause(cause));
    }
}
