package io.sessionevents.emr;

import io.sessionevents.calls.LookupLimits;
import io.sessionevents.config.Values;
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
 */
public record SourceSettings(EmrSettings emr, @Nullable String account, LookupLimits limits, RetrySettings retry) {

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
                EmrSettings.of(own, name, limits.maxConcurrent()),
                account != null ? account : role == null ? null : role.account(),
                limits,
                RetrySettings.of(own));
    }

    /** Its name, see {@link io.sessionevents.session.Source}. */
    public String name() {
        return emr.source();
    }

    /** The same through proxies. */
    public SourceSettings through(Proxies ways) {
        return new SourceSettings(emr.through(ways), account, limits, retry);
    }

    /** When the sessions of these sources are looked at; of a source that is not among them as in the first. */
    public static LookupSchedule schedule(List<SourceSettings> sources) {
        return new LookupSchedule(
                sources.getFirst().limits().intervalMin(),
                sources.stream()
                        .collect(Collectors.toMap(
                                SourceSettings::name, source -> source.limits().intervalMin())));
    }
}
