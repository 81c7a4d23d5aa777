package io.sessionevents.emr;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Copies the body of a good answer while the SDK reads it: the SDK makes doubles of numbers, and forgets what was written. It reads
 * no more than {@link WatchedAnswers} lets it.
 */
final class CopiedAnswers implements ExecutionInterceptor {
    /** Where the copy goes. Used by the thread of the call. */
    static final ExecutionAttribute<ByteArrayOutputStream> COPY = new ExecutionAttribute<>("session-events.copy");

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        ByteArrayOutputStream copy = attributes.getAttribute(COPY);
        return copy == null || !context.httpResponse().isSuccessful()
                ? context.responseBody()
                : context.responseBody().map(body -> new Copying(body, copy));
    }

    /** Owned by the thread that reads the answer. */
    private static final class Copying extends FilterInputStream {
        private final ByteArrayOutputStream copy;

        Copying(InputStream body, ByteArrayOutputStream copy) {
            super(body);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            if (read >= 0) {
                copy.write(read);
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                copy.write(bytes, offset, read);
            }
            return read;
        }

        /** What is skipped would be missing in the copy. */
        @Override
        public long skip(long count) throws IOException {
            return readNBytes(Math.clamp(count, 0, Integer.MAX_VALUE)).length;
        }

        /** What is read twice would be there twice. */
        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
