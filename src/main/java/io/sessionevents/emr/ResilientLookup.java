package io.sessionevents.emr;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.calls.RemoteCall;
import io.sessionevents.calls.SessionLookup;
import io.sessionevents.session.AttemptListener;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.TimeSource;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * {@link ResilientCalls} of GetSession.
 *
 * @param client closed with it
 */
record ResilientLookup(RemoteCall<SessionKey, Lookup> calls, LateClient client) implements SessionLookup {

    /** A lookup in the default source through that client; the rest as in {@link ResilientCalls}. */
    ResilientLookup(
            EmrServerlessClient client,
            CallBudget budget,
            RetrySettings retry,
            BreakerSettings breaker,
            RandomGenerator random,
            TimeSource time,
            AttemptListener listener) {
        this(
                new ResilientCalls<>(
                        new GetSession(client, time),
                        new Source(Source.DEFAULT, null, null),
                        budget,
                        retry,
                        breaker,
                        random,
                        time,
                        listener::attempted),
                new LateClient(() -> client));
    }

    @Override
    public Lookup lookup(SessionKey key, Permit first) throws InterruptedException {
        return calls.answer(key, first);
    }

    /** Whether calls are made: false while the circuit is open, because most recent ones failed. */
    @Override
    public boolean calling() {
        return calls.calling();
    }

    @Override
    public void close() {
        client.close();
    }
}
