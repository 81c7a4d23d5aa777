package io.sessionevents.calls;

import io.sessionevents.session.Lookup;
import java.time.Duration;

/** Hears of lookups, for metrics. Called by lookup threads, so it must be safe for use by many threads, cheap, and never block. */
public interface LookupListener {
    /** Hears nothing. */
    LookupListener NONE = new LookupListener() {
        @Override
        public void lookedUp(Lookup outcome, Duration took) {}

        @Override
        public void resultDropped() {}
    };

    /**
     * A lookup has ended.
     *
     * @param took with its retries and their pauses
     */
    void lookedUp(Lookup outcome, Duration took);

    /** The result of a lookup came when its task had moved. */
    void resultDropped();
}
