package io.sessionevents.emr;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Keeps the head of an answer, which the SDK's exceptions about its body do not tell, and reads no more of a body than a
 * session can have: the SDK reads error pages into memory whole.
 */
final class WatchedAnswers implements ExecutionInterceptor {
    static final ExecutionAttribute<AtomicReference<@Nullable SdkHttpResponse>> HEAD =
            new ExecutionAttribute<>("session-events.head");

    /** 200 tags at their limits are 75 kB; the rest is for configuration overrides, for which AWS names no sum. */
    static final int LARGEST_BODY_BYTES = 8 << 20;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        AtomicReference<@Nullable SdkHttpResponse> head = attributes.getAttribute(HEAD);
        if (head != null) {
            head.set(context.httpResponse());
        }
        return context.responseBody().map(Bounded::new);
    }

    /** The body is larger than any session. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("an answer of more than " + LARGEST_BODY_BYTES + " bytes");
        }
    }

    /** Owned by the thread that reads the answer. */
    private static final class Bounded extends InputStream {
        private final InputStream body;
        private long left = LARGEST_BODY_BYTES;

        Bounded(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int read = body.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = body.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new TooLargeException();
            }
        }
    }
}
