package io.sessionevents.emr;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupListener;
import io.sessionevents.calls.LookupSource;
import io.sessionevents.calls.SteadyClock;
import io.sessionevents.calls.SweepSource;
import io.sessionevents.session.AttemptListener;
import io.sessionevents.session.ListAttemptListener;
import io.sessionevents.session.Source;
import io.sessionevents.session.TimeSource;
import java.util.Random;
import java.util.function.Consumer;

/**
 * How one source is asked. All its operations have one client, and so the same credentials; each has a budget and a circuit of its
 * own, so that trouble of one says nothing about the others.
 */
public final class EmrSource implements AutoCloseable {
    private final SourceSettings settings;
    private final Source known;
    private final SteadyClock steady;
    private final TimeSource time;
    private final LateClient client;

    private EmrSource(SourceSettings settings, Source known, SteadyClock steady, TimeSource time, LateClient client) {
        this.settings = settings;
        this.known = known;
        this.steady = steady;
        this.time = time;
        this.client = client;
    }

    /**
     * The source, with a client of its own. Where there is no Region yet, calls say so until there is one.
     *
     * @param known an answer about something of another account or Region is none
     * @param version of this service, told to AWS
     * @param steady clock of the budgets
     */
    public static EmrSource of(
            SourceSettings settings, Source known, String version, SteadyClock steady, TimeSource time) {
        var client = new LateClient(() -> EmrClients.create(settings.emr(), version));
        client.prepare();
        return new EmrSource(settings, known, steady, time, client);
    }

    /** Its name, see {@link Source}. */
    public String name() {
        return settings.name();
    }

    /**
     * The lookups, with a budget that allows nothing yet. Closing them closes the source.
     *
     * @param attempts hears of every attempt
     * @param lookups hears of every lookup
     */
    public LookupSource lookups(AttemptListener attempts, LookupListener lookups) {
        var budget = new CallBudget(steady);
        return new LookupSource(
                settings.name(),
                new ResilientLookup(
                        calls(new GetSession(client::get, known, time), budget, attempts::attempted), client),
                budget,
                settings.limits(),
                lookups);
    }

    /**
     * What sweeps need, with budgets that allow nothing yet. It is of no use once the source is closed.
     *
     * @param attempts hears of every attempt
     */
    public SweepSource sweeps(ListAttemptListener attempts) {
        var sessions = new CallBudget(steady);
        var applications = new CallBudget(steady);
        return new SweepSource(
                settings.name(),
                calls(
                        new ListSessions(call(ListSessions.WANTED, ListPermission.LIST_SESSIONS), known),
                        sessions,
                        attempts::sessions),
                sessions,
                calls(
                        new ListApplications(call(ListApplications.WANTED, ListPermission.LIST_APPLICATIONS), known),
                        applications,
                        attempts::applications),
                applications,
                settings.sweeps(),
                settings.discovery());
    }

    private OneCall call(String wanted, ListPermission permission) {
        return new OneCall(
                client::get, new LookupErrors(known.name(), wanted, permission.fix(settings.emr(), known)), time);
    }

    private <Q, A> ResilientCalls<Q, A> calls(Operation<Q, A> operation, CallBudget budget, Consumer<A> attempts) {
        return new ResilientCalls<>(
                operation, known, budget, settings.retry(), BreakerSettings.standard(), new Random(), time, attempts);
    }

    /** Closes the client; calls say so from then on. */
    @Override
    public void close() {
        client.close();
    }
}
