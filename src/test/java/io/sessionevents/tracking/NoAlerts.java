package io.sessionevents.tracking;

import io.sessionevents.session.AlertDetector;
import io.sessionevents.session.AlertThresholds;
import io.sessionevents.session.RecordLimit;

/** Every kind of alert is off. */
final class NoAlerts {
    static final AlertSteps STEPS = new AlertSteps(
            new AlertDetector(AlertThresholds.NONE),
            (alert, limit) -> {
                throw new AssertionError("no alert is expected");
            },
            new RecordLimit(RecordLimit.KAFKA_DEFAULT));

    private NoAlerts() {}
}
