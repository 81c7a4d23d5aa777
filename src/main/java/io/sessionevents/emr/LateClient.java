package io.sessionevents.emr;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * The client of a source, made when it can be: at the start of the service one source may have no Region yet, which keeps the others
 * from nothing. Used by many threads, which may block for seconds.
 */
final class LateClient implements AutoCloseable {
    private final Supplier<EmrServerlessClient> maker;
    private @Nullable EmrServerlessClient made;
    private boolean closed;

    /**
     * None yet.
     *
     * @param maker throws {@link IllegalStateException} or {@link IllegalArgumentException} as long as there is none
     */
    LateClient(Supplier<EmrServerlessClient> maker) {
        this.maker = maker;
    }

    /** Makes it if that is possible, so that the first lookup need not. */
    void prepare() {
        try {
            var _ = get();
        } catch (IllegalStateException | IllegalArgumentException e) {
            // The first lookup says so, and every one after it.
        }
    }

    /** The client. Throws what the maker throws, and {@link IllegalStateException} after the end. */
    synchronized EmrServerlessClient get() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        EmrServerlessClient client = made;
        if (client == null) {
            client = maker.get();
            made = client;
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (made != null && !closed) {
            made.close();
        }
        closed = true;
    }
}
