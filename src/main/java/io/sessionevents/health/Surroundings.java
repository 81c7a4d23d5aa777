package io.sessionevents.health;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.calls.SourceStatistics;
import io.sessionevents.health.Health.Check;
import io.sessionevents.session.Source;
import io.sessionevents.session.SweepStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the service needs of others: the group, the registry, and AWS in each source. Safe for use by many threads. */
public final class Surroundings {
    private final Map<String, AwsHealth> sources = new LinkedHashMap<>();
    private final RegistryHealth registry;
    private final InstantSource clock;

    /** @param sources their names */
    public Surroundings(List<String> sources, InstantSource clock) {
        sources.forEach(name -> this.sources.put(name, new AwsHealth(name, clock)));
        this.registry = new RegistryHealth(clock);
        this.clock = clock;
    }

    /** What AWS says in that source. */
    public AwsHealth aws(String source) {
        return requireNonNull(sources.get(source), source);
    }

    /**
     * Whether AWS refuses credentials or clock in that source, or is not reached.
     *
     * @param sweeps those that this process makes; null if it makes none
     */
    public boolean refused(String source, SourceStatistics lookups, @Nullable SweepStatus sweeps) {
        return aws(source).trouble(lookups, sweeps) != null;
    }

    /** What the registry says. */
    public RegistryHealth registry() {
        return registry;
    }

    /**
     * All of it.
     *
     * @param massLoss what is wrong where most sessions of the source of that name seem to vanish at once; null if nothing is
     * @param sweeps by name of the source, those that this process makes
     */
    public List<Check> checks(
            LookupStatistics lookups, Function<String, @Nullable String> massLoss, Map<String, SweepStatus> sweeps) {
        boolean contact = lookups.leased() || lookups.partitions() == 0;
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("group", contact, contact ? "heard from" : "not heard from: no call is made"));
        checks.add(new Check("hold", !lookups.held(), lookups.hold().text()));
        checks.add(registry.check());
        lookups.sources().forEach((name, source) -> {
            checks.add(aws(name).check(source, sweeps.get(name)));
            checks.add(sessions(name, source, massLoss.apply(name)));
            checks.add(sweeps(name, sweeps.get(name)));
        });
        lookups.unconfigured().forEach((name, count) -> checks.add(unconfigured(name, count)));
        return checks;
    }

    private static Check sessions(String source, SourceStatistics lookups, @Nullable String loss) {
        boolean sound = loss == null || !lookups.looking();
        return new Check(
                Source.labelled("sessions", source),
                sound,
                sound ? lookups.tracked() + " tracked" : requireNonNull(loss));
    }

    /** Never down: without sweeps lookups alone go on. */
    private Check sweeps(String source, @Nullable SweepStatus sweeps) {
        return new Check(Source.labelled("sweeps", source), true, detail(sweeps));
    }

    private String detail(@Nullable SweepStatus sweeps) {
        if (sweeps == null) {
            return "not made by this instance";
        }
        if (sweeps.trouble() != null) {
            return "lookups alone go on: " + sweeps.trouble();
        }
        String undiscovered = sweeps.sourceTrouble();
        if (undiscovered != null) {
            return undiscovered;
        }
        int applications = sweeps.applications().size();
        return switch (applications) {
            case 0 -> "no application to sweep";
            case 1 -> "1 application" + oldest(sweeps);
            default -> applications + " applications" + oldest(sweeps);
        };
    }

    private String oldest(SweepStatus sweeps) {
        String failure = sweeps.commonTrouble();
        return age(sweeps) + (failure == null ? "" : "; the last one of each failed: " + failure);
    }

    private String age(SweepStatus sweeps) {
        return sweeps.applications().stream().allMatch(application -> application.sweptAt() == null)
                ? ", none swept yet"
                : ", oldest sweep " + sweeps.oldest(clock.instant()).toSeconds() + " s ago";
    }

    private static Check unconfigured(String source, int count) {
        return new Check(
                Source.labelled("sessions", source),
                false,
                "source not configured: " + count
                        + " tracked and not looked up; add the source again, or stop them with"
                        + " 'session-events track --stop " + source + ":applicationId/sessionId'");
    }
}
