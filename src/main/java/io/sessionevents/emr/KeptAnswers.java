package io.sessionevents.emr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Keeps the body of a listing and gives the SDK an empty object instead: it would throw the whole page away for one item that it
 * cannot read. Errors are left to it. The body is read when the SDK reads, so that what breaks off on the wire is told as ever.
 */
final class KeptAnswers implements ExecutionInterceptor {
    static final ExecutionAttribute<Kept> KEPT = new ExecutionAttribute<>("session-events.kept");
    private static final byte[] NOTHING = "{}".getBytes(UTF_8);

    /** The body of one answer. Used by the thread of the call. */
    static final class Kept {
        private byte[] body = {};

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
        private final InputStream instead = new ByteArrayInputStream(NOTHING);
        private boolean read;

        Keeping(InputStream body, Kept kept) {
            this.body = body;
            this.kept = kept;
        }

        private InputStream instead() throws IOException {
            if (!read) {
                kept.body = body.readAllBytes();
                read = true;
            }
            return instead;
        }

        @Override
        public int read() throws IOException {
            return instead().read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return instead().read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
