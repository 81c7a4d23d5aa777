package io.sessionevents.session;

/** What alerts are about. */
public enum AlertKind {
    /** The session has been {@link SessionState#IDLE} for long. */
    IDLE(Unit.SECONDS),
    /** It does not run yet, long after it was created. */
    STARTING(Unit.SECONDS),
    /** It comes near the age at which AWS ends every session. */
    CAP(Unit.SECONDS),
    /** It has been billed many virtual CPU hours. */
    BILLED_VCPU_HOURS(Unit.VCPU_HOURS);

    /** What is measured in. */
    public enum Unit {
        SECONDS,
        VCPU_HOURS
    }

    private final Unit unit;

    AlertKind(Unit unit) {
        this.unit = unit;
    }

    public Unit unit() {
        return unit;
    }
}
