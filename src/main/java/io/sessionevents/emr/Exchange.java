package io.sessionevents.emr;

import io.sessionevents.emr.PermittedCalls.Departure;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What is noted of one request and its answer while the SDK makes it. Used by the thread of the call. */
final class Exchange {
    private final Departure departure;
    private final AtomicReference<@Nullable SdkHttpResponse> head = new AtomicReference<>();
    private final KeptAnswers.Kept kept = new KeptAnswers.Kept();
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream(0);

    Exchange(Departure departure) {
        this.departure = departure;
    }

    /** To be given to the request. */
    void watch(AwsRequestOverrideConfiguration.Builder call) {
        call.putExecutionAttribute(PermittedCalls.DEPARTURE, departure)
                .putExecutionAttribute(WatchedAnswers.HEAD, head);
    }

    /** The same, and the body is kept from the SDK. */
    void keep(AwsRequestOverrideConfiguration.Builder call) {
        watch(call);
        call.putExecutionAttribute(KeptAnswers.KEPT, kept);
    }

    /** The same, and the body is copied while the SDK reads it. */
    void copy(AwsRequestOverrideConfiguration.Builder call) {
        watch(call);
        call.putExecutionAttribute(CopiedAnswers.COPY, copy);
    }

    Departure departure() {
        return departure;
    }

    /** Of the answer; null if there was none. */
    @Nullable
    SdkHttpResponse head() {
        return head.get();
    }

    /** The body of a good answer that was kept; empty if there was none. */
    byte[] body() {
        return kept.body();
    }

    /** The body of a good answer that was copied, as far as the SDK read it; empty if there was none. */
    byte[] copied() {
        return copy.toByteArray();
    }
}
