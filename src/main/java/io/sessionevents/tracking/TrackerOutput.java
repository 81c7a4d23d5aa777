package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tracker of one task hands on. What is meant for others is committed soon, so that it becomes visible together with the
 * store. Owned by the StreamThread, as long as the task is open.
 */
record TrackerOutput(ProcessorContext<SessionKey, Outgoing> context, PacedCommits commits, TrackingListener listener) {
    private static final Logger log = LoggerFactory.getLogger(TrackerOutput.class);

    void change(StateChange change, EventEncoder.Encoded event) {
        long timestamp = change.observedAt().toEpochMilli();
        context.forward(new Record<>(change.key(), new Outgoing.Change(event.value()), timestamp, event.headers()));
        commits.request();
        listener.changed(change);
    }

    void usage(UsageRecord usage, EventEncoder.Encoded record) {
        long timestamp = usage.settledAt().toEpochMilli();
        context.forward(new Record<>(usage.key(), new Outgoing.Usage(record.value()), timestamp, record.headers()));
        commits.request();
        listener.booked(usage);
    }

    /** Dead letters tell of those that could not be written. */
    void alerts(SessionKey key, AlertSteps.Step step, Instant now) {
        for (AlertSteps.Told told : step.told()) {
            long timestamp = told.alert().decidedAt().toEpochMilli();
            var record = told.record();
            context.forward(new Record<>(key, new Outgoing.Alert(record.value()), timestamp, record.headers()));
            commits.request();
            log(told.alert());
        }
        step.untold().forEach(message -> deadLetter(key, DeadLetterReason.SESSION_UNREPORTABLE, message, now));
    }

    private static void log(SessionAlert alert) {
        log.atInfo()
                .addKeyValue("session", alert.key())
                .addKeyValue("kind", alert.kind())
                .log("Alert {} {}", alert.crossing(), alert.status());
    }

    void deadLetter(SessionKey key, DeadLetterReason reason, String message, Instant now) {
        log.atWarn()
                .addKeyValue("session", key)
                .addKeyValue("reason", reason.code())
                .log(message);
        byte[] text = key.toString().getBytes(UTF_8);
        var headers = DeadLetterHeaders.ofLookup(reason, message);
        context.forward(new Record<>(key, new Outgoing.DeadLetter(text, text), now.toEpochMilli(), headers));
        commits.request();
        listener.deadLettered(reason);
    }

    /** Of no session; not committed at once. */
    void askForSweeps(Request.OfApplication request, Instant now) {
        context.forward(
                new Record<>(request.key().session("0"), new Outgoing.ForApplication(request), now.toEpochMilli()));
    }
}
