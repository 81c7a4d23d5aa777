package io.sessionevents.emr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Keeps the body of a good answer. From a listing the SDK gets an empty object instead, because it would throw the whole page away for one
 * item that it cannot read; of a session it makes doubles of numbers, and forgets what was written. The body is read when the SDK reads,
 * no further than {@link WatchedAnswers} lets it, so that what breaks off on the wire is told as ever.
 */
final class KeptAnswers implements ExecutionInterceptor {
    static final ExecutionAttribute<Kept> KEPT = new ExecutionAttribute<>("session-events.kept");
    private static final byte[] NOTHING = "{}".getBytes(UTF_8);

    /** The body of one answer. Used by the thread of the call. */
    static final class Kept {
        private final boolean shown;
        private byte[] body = {};

        /** @param shown whether the SDK reads the body too */
        Kept(boolean shown) {
            this.shown = shown;
        }

        /** Empty if there was none. */
        byte[] body() {
            return body.clone();
        }
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Kept kept = attributes.getAttribute(KEPT);
        return kept == null || !context.httpResponse().isSuccessful()
                ? context.responseBody()
                : context.responseBody().map(body -> new Keeping(body, kept));
    }

    /** Owned by the thread that reads the answer. */
    private static final class Keeping extends InputStream {
        private final InputStream body;
        private final Kept kept;
        private @Nullable InputStream shown;

        Keeping(InputStream body, Kept kept) {
            this.body = body;
            this.kept = kept;
        }

        private InputStream shown() throws IOException {
            if (shown == null) {
                kept.body = body.readAllBytes();
                shown = new ByteArrayInputStream(kept.shown ? kept.body : NOTHING);
            }
            return shown;
        }

        @Override
        public int read() throws IOException {
            return shown().read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return shown().read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
