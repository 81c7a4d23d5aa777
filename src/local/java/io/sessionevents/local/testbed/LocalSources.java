package io.sessionevents.local.testbed;

import io.sessionevents.local.simulator.AccessKeys;
import io.sessionevents.local.simulator.AssumableRole;
import io.sessionevents.local.simulator.AwsAccount;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSts;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two accounts beside the one of the {@link LocalEnvironment}, each with an endpoint of its own and read by a role of its own, and the
 * STS that gives these out. Used by many threads.
 *
 * @param keys that there are in all accounts; the endpoint of the environment must know them too
 */
public record LocalSources(
        AccessKeys keys, SimulatedSts sts, SimulatedEmrServerless europe, SimulatedEmrServerless west)
        implements AutoCloseable {
    /** Its role wants an external ID. */
    public static final AwsAccount EUROPE = new AwsAccount("prod-eu", "210987654321", "eu-west-1");

    public static final AwsAccount WEST = new AwsAccount("prod-us", "345678901234", "us-west-2");

    /** External ID that the role in {@link #EUROPE} wants. */
    public static final String EXTERNAL_ID = "session-events/prod:eu";

    /** Credentials of the environment, and those that STS will give out. */
    public static AccessKeys keysOfHome() {
        return new AccessKeys(List.of(LocalEnvironment.USER));
    }

    /**
     * Starts everything.
     *
     * @param keys of {@link #keysOfHome}
     * @param emr how both endpoints behave
     * @param lifetime of the credentials that STS gives out
     */
    public static LocalSources start(AccessKeys keys, SimulatedEmrServerless.Options emr, Duration lifetime)
            throws IOException {
        SimulatedSts sts = SimulatedSts.start(InstantSource.system(), keys, lifetime);
        sts.allow(new AssumableRole(role(EUROPE), Set.of(LocalEnvironment.USER.owner()), EXTERNAL_ID));
        sts.allow(new AssumableRole(role(WEST), Set.of(LocalEnvironment.USER.owner()), null));
        return new LocalSources(
                keys,
                sts,
                SimulatedEmrServerless.start(InstantSource.system(), emr.of(EUROPE, keys)),
                SimulatedEmrServerless.start(InstantSource.system(), emr.of(WEST, keys)));
    }

    /** ARN of the role by which that account is read; its name is the same in all, as where one template makes them. */
    public static String role(AwsAccount account) {
        return account.identity("role/session-events-reader");
    }

    /** The keys that lead a service to all sources, beside those of the environment. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(onlyHome());
        settings.put("sources", EUROPE.source() + "," + WEST.source());
        settings.putAll(source(europe));
        settings.putAll(source(west));
        settings.put("source." + EUROPE.source() + ".external.id", EXTERNAL_ID);
        return settings;
    }

    /** The keys of a service that knows the environment's source alone; whose account it is, it asks STS. */
    public Map<String, String> onlyHome() {
        return Map.of("aws.sts.endpoint.url", sts.url().toString());
    }

    private Map<String, String> source(SimulatedEmrServerless emr) {
        AwsAccount account = emr.account();
        String prefix = "source." + account.source() + ".";
        return Map.of(
                prefix + "region", account.region(),
                prefix + "account.id", account.id(),
                prefix + "role.arn", role(account),
                prefix + "endpoint.url", emr.url().toString(),
                prefix + "sts.endpoint.url", sts.url().toString());
    }

    @Override
    public void close() {
        europe.close();
        west.close();
        sts.close();
    }
}
