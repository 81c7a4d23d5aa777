package io.sessionevents.tracking;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.SweptApplication;

/** Where the sweeps of a source put what follows from them; owned by the StreamThread. */
interface SweepOutput {

    void keep(SweptApplication application);

    void drop(ApplicationKey key);

    void request(Request.OfSession request);

    /** A dead letter for an application that was published. */
    void giveUp(ApplicationKey key, DeadLetterReason reason, String message);
}
