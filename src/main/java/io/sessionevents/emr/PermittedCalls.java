package io.sessionevents.emr;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Moment;
import io.sessionevents.session.TimeSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Uses a call's permit in the last moment before its bytes go out: after credentials are loaded and the request is signed,
 * which may take long and would turn evenly given permits into a burst. A call without a permit is not made at all. Then it
 * notes the time: what AWS answers it has read no sooner.
 */
final class PermittedCalls implements ExecutionInterceptor {
    static final ExecutionAttribute<Departure> DEPARTURE = new ExecutionAttribute<>("session-events.departure");

    /** One call on its way out. Used by the thread of the call. */
    static final class Departure {
        private final Permit permit;
        private final TimeSource time;
        private @Nullable Moment sentAt;

        Departure(Permit permit, TimeSource time) {
            this.permit = permit;
            this.time = time;
        }

        private void go() throws InterruptedException {
            if (!permit.use()) {
                throw AbortedException.create("missed the moment of the call, which needs another permit");
            }
            sentAt = time.now();
        }

        /** Right before the call was sent. */
        Moment sentAt() {
            return requireNonNull(sentAt, "an answered call was sent");
        }
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Departure departure = attributes.getAttribute(DEPARTURE);
        if (departure == null) {
            throw new IllegalStateException("a call to EMR Serverless without a permit of the call budget");
        }
        try {
            departure.go();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted while waiting for the moment of the call", e);
        }
    }
}
