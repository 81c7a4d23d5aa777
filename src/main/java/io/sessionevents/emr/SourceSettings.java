package io.sessionevents.emr;

import io.sessionevents.calls.LookupLimits;
import io.sessionevents.calls.SweepLimits;
import io.sessionevents.config.Values;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.Source;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One source, as it is configured.
 *
 * @param account 12 digits, as it is said or as the role says; null if neither does
 * @param limits of its lookups; its budget is its own
 * @param retry of all its operations
 * @param sweeps limits of its sweeps; their budgets are its own
 * @param discovery what of it is tracked without being published
 */
public record SourceSettings(
        EmrSettings emr,
        @Nullable String account,
        LookupLimits limits,
        RetrySettings retry,
        SweepLimits sweeps,
        Discovery discovery) {
    /** Connections beside those of the lookups, so that sweeps wait for none of these: both kinds of lists. */
    private static final int CONNECTIONS_OF_SWEEPS = 2 * SweepLimits.MOST_AT_ONCE;

    /**
     * What the values say of all sources, the default one first.
     *
     * @param partitions that the budgets are split over
     */
    public static List<SourceSettings> all(Values values, int partitions) {
        return SourceKeys.names(values).stream()
                .map(name -> of(values, name, partitions))
                .toList();
    }

    private static SourceSettings of(Values values, String name, int partitions) {
        Values own = name.equals(Source.DEFAULT) ? values : values.under(SourceKeys.prefix(name));
        RoleArn role = values.find(SourceKeys.of(name, SourceKeys.ROLE));
        String account = values.find(SourceKeys.of(name, SourceKeys.ACCOUNT));
        var limits = LookupLimits.of(own, partitions);
        return new SourceSettings(
                EmrSettings.of(own, name, limits.maxConcurrent() + CONNECTIONS_OF_SWEEPS),
                account != null ? account : role == null ? null : role.account(),
                limits,
                RetrySettings.of(own),
                SweepLimits.of(own),
                DiscoverySettings.of(own));
    }

    /** Its name, see {@link io.sessionevents.session.Source}. */
    public String name() {
        return emr.source();
    }

    /**
     * Where this source has one of its own of a general setting, for messages.
     *
     * @param general its key
     */
    public String key(String general) {
        return name().equals(Source.DEFAULT) ? general : SourceKeys.key(name(), general);
    }

    /** The same with one attempt for each call. */
    public SourceSettings withoutRetries() {
        return new SourceSettings(
                emr, account, limits, new RetrySettings(1, retry.backoff(), retry.backoffMax()), sweeps, discovery);
    }

    /** The same through proxies. */
    public SourceSettings through(Proxies ways) {
        return new SourceSettings(emr.through(ways), account, limits, retry, sweeps, discovery);
    }

    /** When the sessions of these sources are looked at; of a source that is not among them as in the first. */
    public static LookupSchedule schedule(List<SourceSettings> sources) {
        return new LookupSchedule(
                sources.getFirst().ofSchedule(),
                sources.stream().collect(Collectors.toMap(SourceSettings::name, SourceSettings::ofSchedule)));
    }

    private LookupSchedule.OfSource ofSchedule() {
        return new LookupSchedule.OfSource(limits.intervalMin(), limits.weights());
    }
}
