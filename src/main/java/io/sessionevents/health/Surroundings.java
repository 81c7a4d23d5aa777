package io.sessionevents.health;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.calls.SourceStatistics;
import io.sessionevents.health.Health.Check;
import io.sessionevents.session.Source;
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

    /** @param sources their names */
    public Surroundings(List<String> sources, InstantSource clock) {
        sources.forEach(name -> this.sources.put(name, new AwsHealth(name, clock)));
        this.registry = new RegistryHealth(clock);
    }

    /** What AWS says in that source. */
    public AwsHealth aws(String source) {
        return requireNonNull(sources.get(source), source);
    }

    /** Whether AWS refuses credentials or clock in that source, or is not reached. */
    public boolean refused(String source) {
        return aws(source).trouble() != null;
    }

    /** What the registry says. */
    public RegistryHealth registry() {
        return registry;
    }

    /**
     * All of it.
     *
     * @param massLoss what is wrong where most sessions of the source of that name seem to vanish at once; null if nothing is
     */
    public List<Check> checks(LookupStatistics lookups, Function<String, @Nullable String> massLoss) {
        boolean contact = lookups.leased() || lookups.partitions() == 0;
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("group", contact, contact ? "heard from" : "not heard from: no call is made"));
        checks.add(new Check("hold", !lookups.held(), lookups.hold().text()));
        checks.add(registry.check());
        lookups.sources().forEach((name, source) -> {
            checks.add(aws(name).check(source));
            checks.add(sessions(name, source, massLoss.apply(name)));
        });
        lookups.unconfigured().forEach((name, count) -> checks.add(unconfigured(name, count)));
        return checks;
    }

    private static Check sessions(String source, SourceStatistics lookups, @Nullable String loss) {
        boolean sound = loss == null || lookups.tracked() == 0;
        return new Check(
                Source.labelled("sessions", source),
                sound,
                sound ? lookups.tracked() + " tracked" : requireNonNull(loss));
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
