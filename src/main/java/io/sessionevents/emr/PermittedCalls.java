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
 * Uses a call's permit in the last moment before its bytes go out: after credentials are loaded, the request is signed and the connection
 * is open, which may take long and would turn evenly given permits into a burst. A call without a permit is not made at all. Then it
 * notes the time: what AWS answers it has read no sooner.
 */
final class PermittedCalls implements ExecutionInterceptor {
    static final ExecutionAttribute<Permitted> PERMITTED = new ExecutionAttribute<>("session-events.permitted");

    /** Of the call that a thread makes: the HTTP client is told of requests only. */
    private static final ThreadLocal<@Nullable Permitted> OUTGOING = new ThreadLocal<>();

    /** One call on its way out. Used by the thread of the call. */
    static final class Permitted {
        private final Permit permit;
        private final TimeSource time;
        private @Nullable Moment sentAt;

        Permitted(Permit permit, TimeSource time) {
            this.permit = permit;
            this.time = time;
        }

        private void use() {
            try {
                if (!permit.use()) {
                    throw AbortedException.create("missed the moment of the call, which needs another permit");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw AbortedException.create("interrupted while waiting for the moment of the call", e);
            }
            sentAt = time.now();
        }

        /** Right before the call was sent. */
        Moment sentAt() {
            return requireNonNull(sentAt, "an answered call was sent");
        }

        /** The call has failed: if on the way to AWS, that takes a permit as well, or a dead way would be tried without a pause. */
        void failed() {
            if (equals(OUTGOING.get())) {
                OUTGOING.remove();
                permit.spend();
            }
        }
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Permitted call = attributes.getAttribute(PERMITTED);
        if (call == null) {
            throw new IllegalStateException("a call to EMR Serverless without a permit of the call budget");
        }
        OUTGOING.set(call);
    }

    /** Waits for the moment of the call that this thread makes. What is sent twice, because a proxy wanted a login, is one call. */
    static void depart() {
        Permitted call = OUTGOING.get();
        if (call != null) {
            OUTGOING.remove();
            call.use();
        }
    }
}
