package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.moment;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session that is looked at minute by minute as the tracker does, and the alerts that come of it. */
final class AlertScript {
    private final TransitionDetector transitions = new TransitionDetector();
    private final List<SessionAlert> alerts = new ArrayList<>();
    private AlertDetector detector;
    private TrackedSession kept = TrackedSession.startTracking(KEY, Map.of("team", "blue"), START);
    private LookupHistory recent = LookupHistory.NOTHING;

    AlertScript(AlertThresholds thresholds) {
        detector = new AlertDetector(thresholds);
    }

    /** A restart: other thresholds, and nothing remembered but what is kept. */
    AlertScript restart(AlertThresholds thresholds) {
        detector = new AlertDetector(thresholds);
        recent = LookupHistory.NOTHING;
        return this;
    }

    /** A look that takes a second finds that. */
    AlertScript look(double minute, SessionSample found) {
        return look(minute, found.foundBy(at(minute).minusSeconds(1)));
    }

    AlertScript look(double minute, Lookup outcome) {
        Moment now = moment(at(minute));
        Decision decision = transitions.decide(kept, recent, outcome, now);
        AlertDetector.Outcome alerted = detector.decide(kept, recent, outcome, decision, now);
        recent = recent.after(kept, outcome, now);
        alerts.addAll(alerted.alerts());
        kept = alerted.next();
        return this;
    }

    /** A tombstone. */
    AlertScript stop(double minute) {
        AlertDetector.Outcome stopped = detector.stop(new Phase.Tracked(kept).stopped(at(minute)), at(minute));
        alerts.addAll(stopped.alerts());
        kept = stopped.next();
        return this;
    }

    /** Its task is opened, after a restart or elsewhere. */
    AlertScript takeUp(double minute, boolean sourceConfigured) {
        AlertDetector.Outcome takenUp = detector.takeUp(kept, sourceConfigured, at(minute));
        alerts.addAll(takenUp.alerts());
        kept = takenUp.next();
        return this;
    }

    /** Published again. */
    AlertScript track() {
        kept = new Phase.Stopped(kept).requestedAgain(Map.of());
        return this;
    }

    static Instant at(double minute) {
        return START.plus(Duration.ofMillis((long) (minute * 60_000)));
    }

    List<SessionAlert> alerts() {
        return List.copyOf(alerts);
    }

    TrackedSession kept() {
        return kept;
    }

    /** The alerts as {@code KIND crossing STATUS@minute}, and why one is over. */
    String shown() {
        return alerts.stream().map(AlertScript::shown).collect(joining(", "));
    }

    private static String shown(SessionAlert alert) {
        SessionAlert.Over over = alert.over();
        long minute = Duration.between(START, alert.decidedAt()).toMinutes();
        return alert.kind() + " " + alert.crossing()
                + (over == null ? " RAISED@" + minute : " " + over.why() + "@" + minute);
    }
}
