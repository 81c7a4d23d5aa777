package io.sessionevents.emr;

import io.sessionevents.session.CallBudget.Permit;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Uses a call's permit in the last moment before its bytes go out: after credentials are loaded and the request is signed,
 * which may take long and would turn evenly given permits into a burst. A call without a permit is not made at all.
 */
final class PermittedCalls implements ExecutionInterceptor {
    static final ExecutionAttribute<Permit> PERMIT = new ExecutionAttribute<>("session-events.permit");

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Permit permit = attributes.getAttribute(PERMIT);
        if (permit == null) {
            throw new IllegalStateException("a call to EMR Serverless without a permit of the call budget");
        }
        try {
            permit.use();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted while waiting for the moment of the call", e);
        }
    }
}
