package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.calls.LookupListener;
import io.sessionevents.calls.LookupSource;
import io.sessionevents.calls.SessionLookup;
import io.sessionevents.calls.SteadyClock;
import io.sessionevents.emr.AwsCheck;
import io.sessionevents.emr.AwsRegions;
import io.sessionevents.emr.EmrSource;
import io.sessionevents.emr.IamStatement;
import io.sessionevents.emr.SourceDirectory;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.preflight.CheckOutcome;
import io.sessionevents.preflight.Finding;
import io.sessionevents.preflight.LookupCheck;
import io.sessionevents.preflight.Preflight;
import io.sessionevents.preflight.PreflightCheck;
import io.sessionevents.preflight.SweepCheck;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Session;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import io.sessionevents.session.TimeSource;
import io.sessionevents.settings.Configuration;
import io.sessionevents.streams.StreamsSettings;
import io.sessionevents.tracking.TopologyShape;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;

/**
 * What commands want to know, with the parts of the service itself.
 *
 * @param version of this build
 * @param settings of the sources with a configuration, as they are reached
 */
public record ServiceInspection(String version, Function<Configuration, List<SourceSettings>> settings)
        implements Inspection {

    @Override
    public void check(Configuration configuration, @Nullable SessionName session, Consumer<CheckOutcome> outcomes)
            throws InterruptedException {
        try (var registry = new ConfluentSchemaRegistry(configuration.registry())) {
            List<SourceSettings> all = settings.apply(configuration);
            make(Preflight.checks(configuration, registry, all), outcomes);
            Sources known = SourceDirectory.ask(all, _ -> {});
            List<PreflightCheck> calls = new ArrayList<>();
            all.forEach(one -> calls.add(new SweepCheck(one, known.of(one.name()), version, time())));
            if (session != null) {
                checkLookup(configuration, session, known).ifPresent(calls::add);
            }
            make(calls, outcomes);
        }
    }

    private static void make(List<PreflightCheck> checks, Consumer<CheckOutcome> outcomes) throws InterruptedException {
        for (PreflightCheck check : checks) {
            check.outcomes().forEach(outcomes);
        }
    }

    /** Without a Region there is nobody to ask, and the check of AWS says so. */
    private Optional<PreflightCheck> checkLookup(Configuration configuration, SessionName session, Sources sources) {
        SessionKey key;
        try {
            key = session.in(sources);
        } catch (CommandFailedException e) {
            return Optional.of(() -> List.of(notLookedUp(String.valueOf(e.getMessage()))));
        }
        return Optional.ofNullable(lookupCheck(configuration, session, key, sources.of(key.source())));
    }

    /** Null without a Region. */
    private @Nullable LookupCheck lookupCheck(
            Configuration configuration, SessionName session, SessionKey key, Source source) {
        String named = session.account();
        String region = source.region();
        return region == null
                ? null
                : new LookupCheck(
                        new IamStatement(region, named == null ? source.account() : named, key),
                        configured(configuration, key).emr(),
                        () -> lookup(configuration, key));
    }

    private static CheckOutcome notLookedUp(String why) {
        return new CheckOutcome("lookup", "", List.of(new Finding("Not looked up. " + why, "", Finding.Gravity.STOPS)));
    }

    @Override
    public Sources sources(Configuration configuration, boolean asking) throws InterruptedException {
        List<SourceSettings> all = settings.apply(configuration);
        return asking ? SourceDirectory.ask(all, _ -> {}) : SourceDirectory.configured(all);
    }

    private SourceSettings configured(Configuration configuration, SessionKey session) {
        return settings.apply(configuration).stream()
                .filter(one -> one.name().equals(session.source()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Session session(Configuration configuration, SessionName session) throws InterruptedException {
        Sources sources = sources(configuration, session.arn());
        SessionKey key = session.in(sources);
        SourceSettings settings = configured(configuration, key);
        List<String> problems = AwsCheck.accessProblems(settings.emr());
        if (!problems.isEmpty()) {
            throw new CommandFailedException(problems.stream()
                    .map(problem -> AwsCheck.whose(settings.emr()) + ": " + problem + ".")
                    .collect(Collectors.joining(System.lineSeparator())));
        }
        Lookup lookup = lookup(configuration, key);
        if (lookup instanceof Lookup.Found(var found, var _)) {
            return found;
        }
        var source = new Source(
                key.source(),
                AwsRegions.resolve(settings.emr()).orElseThrow(),
                sources.of(key.source()).account());
        LookupCheck check = requireNonNull(lookupCheck(configuration, session, key, source), "a Region");
        throw new CommandFailedException(check.trouble(lookup).orElseThrow().text());
    }

    private Lookup lookup(Configuration configuration, SessionKey session) throws InterruptedException {
        SourceSettings source = configured(configuration, session);
        LookupSource one = EmrSource.of(
                        source,
                        new Source(
                                source.name(), AwsRegions.resolve(source.emr()).orElse(null), source.account()),
                        version,
                        SteadyClock.over(System::nanoTime, InstantSource.system()),
                        time())
                .lookups(_ -> {}, LookupListener.NONE);
        one.budget().allow(source.limits().budget());
        try (SessionLookup lookup = one.lookup()) {
            return lookup.lookup(session, one.budget().acquire());
        }
    }

    private static TimeSource time() {
        return new TimeSource(InstantSource.system(), System::nanoTime);
    }

    @Override
    public TopologyDescription topology(Configuration configuration) {
        return TopologyShape.describe(configuration.tracking(), StreamsSettings.of(configuration.kafka()));
    }
}
