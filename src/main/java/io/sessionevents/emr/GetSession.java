package io.sessionevents.emr;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Failure;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Session;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.TimeSource;
import java.util.function.Supplier;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * Reads one session.
 *
 * @param asked the source whose sessions these are, as far as it is known
 */
record GetSession(OneCall call, Source asked) implements Operation<SessionKey, Lookup> {

    GetSession(Supplier<EmrServerlessClient> clients, Source asked, TimeSource time) {
        this(new OneCall(clients, new LookupErrors(asked.name()), time), asked);
    }

    /** Of the default source, of which nothing is known. */
    GetSession(EmrServerlessClient client, TimeSource time) {
        this(() -> client, new Source(Source.DEFAULT, null, null), time);
    }

    @Override
    public String name() {
        return "GetSession";
    }

    @Override
    public Attempt<Lookup> attempt(SessionKey key, Permit permit) throws InterruptedException {
        return call.attempt(permit, (client, exchange) -> attempt(client, exchange, key), this::failed);
    }

    @Override
    public Lookup failed(Failure why) {
        return why;
    }

    private Attempt<Lookup> attempt(EmrServerlessClient client, Exchange exchange, SessionKey key) {
        var answer = client.getSession(request -> request.applicationId(key.applicationId())
                .sessionId(key.sessionId())
                .overrideConfiguration(exchange::copy));
        if (answer.session() == null) {
            return call.errors()
                    .unusable("the answer holds no session, expected " + key, exchange.head())
                    .map(this::failed);
        }
        Session session = Sessions.answering(
                key,
                asked,
                answer.session(),
                NumberTexts.of(exchange.body()),
                call.time().wall().instant());
        return Attempt.answered(new Lookup.Found(session, exchange.permitted().sentAt()));
    }
}
