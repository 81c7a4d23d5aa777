package io.sessionevents.calls;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Moment;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lookup, from its permit to the mailbox. Used by many threads.
 *
 * @param listener hears of every one
 */
record LookupFlight(SessionLookup lookup, LongSupplier nanoClock, InstantSource clock, LookupListener listener) {
    private static final Logger log = LoggerFactory.getLogger(LookupFlight.class);
    private static final Lookup INTERRUPTED = new Lookup.Unavailable(Lookup.Trouble.TRANSIENT, "interrupted");

    /** Looks the session up. An outcome is delivered whatever it is: a session without one would never be looked at again. */
    Lookup look(QueuedSession<TaskMailbox> session, Permit permit) {
        long begin = nanoClock.getAsLong();
        Lookup outcome = outcome(session.key, permit);
        var answeredAt = new Moment(clock.instant(), nanoClock.getAsLong());
        if (!session.mailbox.deliver(new LookupResult(session.key, outcome, answeredAt))) {
            listener.resultDropped();
            log.atDebug().addKeyValue("session", session.key).log("Result dropped, its task has moved");
        }
        listener.lookedUp(outcome, Duration.ofNanos(answeredAt.nanos() - begin));
        return outcome;
    }

    private Lookup outcome(SessionKey key, Permit permit) {
        try (permit) {
            return lookup.lookup(key, permit);
        } catch (InterruptedException e) {
            return INTERRUPTED;
        } catch (RuntimeException | Error e) {
            log.atError()
                    .addKeyValue("session", key)
                    .setCause(e)
                    .log("Lookup failed unexpectedly, looking again later");
            return new Lookup.Unavailable(Lookup.Trouble.MALFORMED, e.getClass().getName());
        }
    }
}
