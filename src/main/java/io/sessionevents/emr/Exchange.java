package io.sessionevents.emr;

import io.sessionevents.emr.PermittedCalls.Permitted;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What is noted of one request and its answer while the SDK makes it. Used by the thread of the call. */
final class Exchange {
    private final Permitted permitted;
    private final AtomicReference<@Nullable SdkHttpResponse> head = new AtomicReference<>();
    private KeptAnswers.Kept kept = new KeptAnswers.Kept(false);

    Exchange(Permitted permitted) {
        this.permitted = permitted;
    }

    /** To be given to the request; the body is kept from the SDK. */
    void keep(AwsRequestOverrideConfiguration.Builder call) {
        note(call, false);
    }

    /** The same, and the SDK reads the body too. */
    void copy(AwsRequestOverrideConfiguration.Builder call) {
        note(call, true);
    }

    private void note(AwsRequestOverrideConfiguration.Builder call, boolean shown) {
        kept = new KeptAnswers.Kept(shown);
        call.putExecutionAttribute(PermittedCalls.PERMITTED, permitted)
                .putExecutionAttribute(WatchedAnswers.HEAD, head)
                .putExecutionAttribute(KeptAnswers.KEPT, kept);
    }

    Permitted permitted() {
        return permitted;
    }

    /** Of the answer; null if there was none. */
    @Nullable
    SdkHttpResponse head() {
        return head.get();
    }

    /** The body of a good answer; empty if there was none. */
    byte[] body() {
        return kept.body();
    }
}
