package io.sessionevents.tracking;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.SweptApplication;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.WaitingInput;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The formats; requests and sessions are internal, changes, usage and alerts are public. */
public record Formats(
        RequestDecoder decoder,
        Serde<SessionKey> key,
        Serde<Request.OfSession> request,
        Serde<Request.OfApplication> applicationRequest,
        Serde<ApplicationKey> applicationKey,
        Serde<SweptApplication> application,
        Serde<TrackedSession> session,
        Serde<WaitingInput> waiting,
        EventEncoder<StateChange> change,
        EventEncoder<UsageRecord> usage,
        EventEncoder<SessionAlert> alert) {
    /** For a topology that is described, not run. */
    static Formats unused() {
        return new Formats(
                (topic, key, value, headers) -> {
                    throw notRun();
                },
                none(),
                none(),
                none(),
                none(),
                none(),
                none(),
                none(),
                (change, limit) -> {
                    throw notRun();
                },
                (usage, limit) -> {
                    throw notRun();
                },
                (alert, limit) -> {
                    throw notRun();
                });
    }

    private static <T> Serde<T> none() {
        return Serdes.serdeFrom(
                (topic, data) -> {
                    throw notRun();
                },
                (topic, bytes) -> {
                    throw notRun();
                });
    }

    static UnsupportedOperationException notRun() {
        return new UnsupportedOperationException("described, not run");
    }
}
