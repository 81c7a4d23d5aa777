package io.sessionevents.emr;

import io.sessionevents.calls.LookupLimits;
import org.jspecify.annotations.Nullable;

/**
 * One source, as it is configured.
 *
 * @param account 12 digits; null if it is not said
 * @param limits of its lookups; its budget is its own
 */
public record SourceSettings(EmrSettings emr, @Nullable String account, LookupLimits limits, RetrySettings retry) {

    /** Its name, see {@link io.sessionevents.session.Source}. */
    public String name() {
        return emr.source();
    }

    /** The same through proxies. */
    public SourceSettings through(Proxies ways) {
        return new SourceSettings(emr.through(ways), account, limits, retry);
    }
}
