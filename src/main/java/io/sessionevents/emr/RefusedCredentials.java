package io.sessionevents.emr;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Tells the credentials of a client that AWS did not take them, or did not permit a call with them. */
record RefusedCredentials(SourceCredentials.Closeable credentials) implements ExecutionInterceptor {
    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (context.exception() instanceof AwsServiceException e) {
            switch (ErrorKind.of(e)) {
                case CREDENTIALS -> credentials.refused();
                case ACCESS_DENIED -> credentials.denied();
                case THROTTLED, TRANSIENT, CLOCK_SKEW, NOT_FOUND, VALIDATION, FOREIGN, UNKNOWN -> {}
            }
        }
    }
}
