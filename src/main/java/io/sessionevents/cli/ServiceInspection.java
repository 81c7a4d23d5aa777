package io.sessionevents.cli;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.calls.CallBudget;
import io.sessionevents.emr.AwsCheck;
import io.sessionevents.emr.AwsRegions;
import io.sessionevents.emr.EmrSettings;
import io.sessionevents.emr.IamStatement;
import io.sessionevents.emr.ResilientLookup;
import io.sessionevents.preflight.CheckOutcome;
import io.sessionevents.preflight.Finding;
import io.sessionevents.preflight.LookupCheck;
import io.sessionevents.preflight.Preflight;
import io.sessionevents.preflight.PreflightCheck;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Source;
import io.sessionevents.session.TimeSource;
import io.sessionevents.settings.Configuration;
import io.sessionevents.streams.StreamsSettings;
import io.sessionevents.tracking.TrackingTopology;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;

/**
 * What commands want to know, with the parts of the service itself.
 *
 * @param version of this build
 * @param emr how AWS is reached with a configuration
 */
public record ServiceInspection(String version, Function<Configuration, EmrSettings> emr) implements Inspection {

    @Override
    public void check(Configuration configuration, @Nullable SessionName session, Consumer<CheckOutcome> outcomes)
            throws InterruptedException {
        try (var registry = new ConfluentSchemaRegistry(configuration.registry())) {
            List<PreflightCheck> checks =
                    new ArrayList<>(Preflight.checks(configuration, registry, emr.apply(configuration)));
            // Without a Region there is nobody to ask, and the check of AWS says so.
            Optional<String> region = AwsRegions.resolve(emr.apply(configuration));
            Optional<String> elsewhere = session == null ? Optional.empty() : objection(configuration, session, true);
            elsewhere.ifPresent(why -> checks.add(() -> List.of(notLookedUp(why))));
            if (session != null && region.isPresent() && elsewhere.isEmpty()) {
                var statement = new IamStatement(region.get(), session.account(), session.key());
                checks.add(new LookupCheck(statement, () -> lookup(configuration, session)));
            }
            for (PreflightCheck check : checks) {
                check.outcomes().forEach(outcomes);
            }
        }
    }

    private static CheckOutcome notLookedUp(String why) {
        String what = "The session is not looked up: " + why + ".";
        return new CheckOutcome("lookup", "", List.of(new Finding(what, "", Finding.Gravity.STOPS)));
    }

    @Override
    public Optional<String> objection(Configuration configuration, SessionName session, boolean asking) {
        if (session.region() == null || session.account() == null) {
            return Optional.empty();
        }
        EmrSettings settings = emr.apply(configuration);
        Optional<String> region = asking ? AwsRegions.resolve(settings) : AwsRegions.configured(settings);
        return new Source(region.orElse(null), configuration.accountId())
                .objection(session.region(), session.account());
    }

    @Override
    public Lookup lookup(Configuration configuration, SessionName session) throws InterruptedException {
        Optional<String> elsewhere = objection(configuration, session, true);
        if (elsewhere.isPresent()) {
            throw new CommandFailedException("Session " + session.key() + ": " + elsewhere.get() + ".");
        }
        List<String> problems = AwsCheck.accessProblems(emr.apply(configuration));
        if (!problems.isEmpty()) {
            throw new CommandFailedException("AWS: " + String.join("; ", problems) + ".");
        }
        var budget = new CallBudget(System::nanoTime);
        budget.allow(configuration.limits().budget());
        try (var lookup = ResilientLookup.create(
                emr.apply(configuration),
                version,
                budget,
                configuration.retry(),
                new Random(),
                new TimeSource(InstantSource.system(), System::nanoTime),
                _ -> {})) {
            return lookup.lookup(session.key(), budget.acquire());
        }
    }

    @Override
    public TopologyDescription topology(Configuration configuration) {
        return TrackingTopology.describe(configuration.tracking(), StreamsSettings.of(configuration.kafka()));
    }
}
