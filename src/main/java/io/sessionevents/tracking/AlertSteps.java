package io.sessionevents.tracking;

import io.sessionevents.session.AlertDetector;
import io.sessionevents.session.Decision;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.Moment;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.TrackedSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works out which alerts a look raises and clears, and writes them. An alert that cannot be written stops nothing else: a dead letter
 * tells of it, and what is kept goes on as if it had been told. Does nothing itself.
 *
 * @param limit what the topic of alerts takes
 */
record AlertSteps(AlertDetector detector, EventEncoder<SessionAlert> records, RecordLimit limit) {
    private static final Logger log = LoggerFactory.getLogger(AlertSteps.class);

    /** An alert, ready to be written. */
    record Told(SessionAlert alert, EventEncoder.Encoded record) {}

    /**
     * What follows.
     *
     * @param untold what could not be written, for people
     * @param next what is kept from now on
     */
    record Step(List<Told> told, List<String> untold, TrackedSession next) {
        Step {
            told = List.copyOf(told);
            untold = List.copyOf(untold);
        }

        /** Nothing. */
        static Step nothing(TrackedSession kept) {
            return new Step(List.of(), List.of(), kept);
        }

        /** Whether there is nothing to tell. */
        boolean empty() {
            return told.isEmpty() && untold.isEmpty();
        }
    }

    /**
     * What follows from a lookup, see {@link AlertDetector#decide}.
     *
     * @throws RequestDecoder.RetryLaterException if the alerts cannot be written now
     */
    Step after(TrackedSession kept, LookupHistory before, Lookup outcome, Decision decision, Moment now) {
        return written(detector.decide(kept, before, outcome, decision, now), false);
    }

    /** What follows when the session is taken up again, see {@link AlertDetector#takeUp}. */
    Step takenUp(TrackedSession kept, boolean looked, Instant now) {
        return written(detector.takeUp(kept, looked, now), true);
    }

    /** What follows when the session is looked at no more, see {@link AlertDetector#stop}. */
    Step stopped(TrackedSession stopped, Instant now) {
        return written(detector.stop(stopped, now), true);
    }

    /** @param last whether nobody tries again */
    private Step written(AlertDetector.Outcome outcome, boolean last) {
        List<Told> told = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        for (SessionAlert alert : outcome.alerts()) {
            try {
                told.add(new Told(alert, records.encode(alert, limit)));
            } catch (RuntimeException | StackOverflowError e) {
                if (e instanceof RequestDecoder.RetryLaterException later && !last) {
                    throw later;
                }
                untold.add(untold(alert, e));
            }
        }
        return new Step(told, untold, outcome.next());
    }

    private static String untold(SessionAlert alert, Throwable failure) {
        String message = "alert %s %d of %s, %s, cannot be told: %s"
                .formatted(alert.kind(), alert.crossing(), alert.key(), alert.status(), SessionSteps.shown(failure));
        log.atError().addKeyValue("session", alert.key()).log(message);
        return message;
    }
}
