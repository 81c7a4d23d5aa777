package io.sessionevents.local.command.campaign;

import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Expectations;
import io.sessionevents.local.scenario.OneInstance;
import io.sessionevents.local.scenario.ProxyExpectations;
import io.sessionevents.local.scenario.TroubleCampaign;
import io.sessionevents.local.scenario.Troubles;
import io.sessionevents.local.simulator.Fault;
import java.time.Duration;
import java.util.List;

/** Trouble that one instance is in, and what is expected of it. */
final class Campaigns {
    private static final int SESSIONS = 200;
    private static final double SPENT = 0.05;
    private static final int SHORT_LIVED = 500;
    private static final int APPLICATIONS = 20;

    private Campaigns() {}

    static Campaign throttling(long seed) {
        return new TroubleCampaign(
                SESSIONS,
                OneInstance::awaitSteady,
                new Troubles.Throttling(seed),
                List.of(
                        Expectations::halvedRate,
                        Expectations::backSoon,
                        Expectations.trueEvents(Promise.EVERY_CHANGE_REPORTED, Promise.NOBODY_STARVES)));
    }

    static Campaign outage(Fault how) {
        return new TroubleCampaign(
                SESSIONS,
                OneInstance::awaitSteady,
                new Troubles.Gone(how),
                List.of(
                        Expectations.spends(how, SPENT),
                        Expectations::noEventsMeanwhile,
                        Expectations::everyoneLookedAt,
                        Expectations.trueEvents(Promise.EVERY_CHANGE_REPORTED, Promise.NOBODY_STARVES)));
    }

    static Campaign registry() {
        var away = new Troubles.NoRegistry();
        return new TroubleCampaign(
                SESSIONS,
                OneInstance::awaitSteady,
                away,
                List.of(
                        Expectations::eventsGoOn,
                        Expectations.tracksThoseThatWaited(away),
                        Expectations.noDeadLetters("dead letters"),
                        Expectations.trueEvents(Promise.EVERY_CHANGE_REPORTED, Promise.NOBODY_STARVES)));
    }

    /** Trouble of one account of three, for a minute each. */
    static Campaign sources() {
        return new SourcesCampaign(SourcesCampaign.Plan.LONG);
    }

    /**
     * The same fleets without and with sweeps.
     *
     * @param fleets such as 40x25: applications, and sessions in each
     */
    static Campaign sweeps(List<String> fleets, Duration measured) {
        return new SweepsCampaign(fleets.stream()
                .map(fleet -> SweepsCampaign.Plan.parse(fleet, measured))
                .toList());
    }

    /** @param down how long the service is away */
    static Campaign completeness(Duration down) {
        return CompletenessCampaign.of(new CompletenessCampaign.Plan(SHORT_LIVED, APPLICATIONS, down));
    }

    /** @param each how long each lie is told by itself, and then all together */
    static Campaign lies(Duration each) {
        return new LiesCampaign(each, each);
    }

    /** @param time how long the proxy answers */
    static Campaign proxy(int sessions, Duration time, long seed) {
        return new TroubleCampaign(
                sessions,
                OneInstance::awaitAllSeen,
                new Troubles.Proxy(time, seed),
                List.of(
                        ProxyExpectations::spent,
                        new ProxyExpectations.Health(),
                        ProxyExpectations::noVerdicts,
                        Expectations.noDeadLetters("sessions given up"),
                        new ProxyExpectations.CaughtUp(),
                        Expectations.trueEvents(Promise.EVERY_CHANGE_REPORTED)));
    }
}
