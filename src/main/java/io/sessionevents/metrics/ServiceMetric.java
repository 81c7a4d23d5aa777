package io.sessionevents.metrics;

import static io.micrometer.core.instrument.Meter.Type.COUNTER;
import static io.micrometer.core.instrument.Meter.Type.GAUGE;
import static io.micrometer.core.instrument.Meter.Type.TIMER;

import io.micrometer.core.instrument.Meter;
import io.sessionevents.session.AlertKind;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.UsageStatus;
import io.sessionevents.tracking.TrackingListener;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Every metric of ours: its name, and for people what it says. Labels are closed lists (the sources are those that are
 * configured), never an id of a session or an application, and a counter is there with 0 for each value of its label from the start, so that an alert on its increase
 * sees the first one.
 *
 * <p>Counters count processing, not commits: what a transaction that is aborted had done is counted again when it is done
 * again. The topics are the truth, the counters are close to it.
 */
enum ServiceMetric {
    BUILD("build", GAUGE, "1; its labels name the versions of the service, Java and Kafka"),
    READY("ready", GAUGE, "1 while the StreamThreads have their tasks and work, else 0"),

    ATTEMPTS(
            "lookup.attempts",
            COUNTER,
            "outcome",
            LabelValues.attempts(),
            "HTTP attempts of GetSession, including retries"),
    LOOKUPS("lookups", COUNTER, "outcome", LabelValues.lookups(), "Lookups, each with its retries"),
    LOOKUP_DURATION("lookup.duration", TIMER, "seconds", "Duration of a lookup, including retries and pauses"),
    BUDGET("budget", GAUGE, "GetSession budget of the whole fleet as configured, in calls per second"),
    SHARE("share", GAUGE, "This instance's share of the call budget, in calls per second"),
    RATE("rate", GAUGE, "Part of the share in use, in calls per second: less after throttle answers"),
    IN_FLIGHT("lookup.in.flight", GAUGE, "Lookups in flight"),
    DROPPED("lookup.results.dropped", COUNTER, "Results of lookups whose task had moved; its new owner repeats them"),
    CIRCUIT_OPEN(
            "circuit.open",
            GAUGE,
            "1 while no call is made because most recent calls failed; else 0, as on an instance that looks nothing up"),
    REFUSED(
            "aws.refused",
            GAUGE,
            "1 while AWS refuses the credentials or the clock of this instance, or something else answers in its place; else 0, as on an instance that makes no calls"),
    GROUP_CONTACT(
            "group.contact", GAUGE, "1 while membership of the consumer group is proven; else 0, and no call is made"),
    HELD(
            "lookup.held",
            GAUGE,
            "1 while no lookup is made because its result could not be committed, or a process of the same name may live; else 0"),

    LIST_SESSIONS_ATTEMPTS(
            "list.sessions.attempts",
            COUNTER,
            "outcome",
            LabelValues.lists(),
            "HTTP attempts of ListSessions, including retries"),
    LIST_APPLICATIONS_ATTEMPTS(
            "list.applications.attempts",
            COUNTER,
            "outcome",
            LabelValues.lists(),
            "HTTP attempts of ListApplications, including retries"),
    LIST_BUDGET(
            "list.sessions.budget",
            GAUGE,
            "ListSessions budget of the whole fleet where this instance makes the sweeps, in calls per second; else 0"),
    LIST_RATE(
            "list.sessions.rate",
            GAUGE,
            "Part of that budget in use, in calls per second: less after throttle answers"),
    LIST_REFUSED(
            "list.sessions.refused",
            GAUGE,
            "1 while AWS refuses to list applications, or the sessions of one, so that none is discovered and lookups alone go on; else 0"),
    SWEEPS(
            "sweeps",
            COUNTER,
            "outcome",
            LabelValues.codes(TrackingListener.Sweep.values()),
            "Sweeps of applications; a broken one is made again from its first page"),
    SWEPT("applications.swept", GAUGE, "Applications that this instance sweeps"),
    OLDEST_SWEEP(
            "sweep.oldest",
            GAUGE,
            "seconds",
            "Time since the oldest sweep of all applications that this instance sweeps; one that was never swept counts from when the instance got it"),
    PASSED_OVER(
            "sweep.items.passed.over",
            COUNTER,
            "reason",
            List.of("stale", "unreadable"),
            "Items of sweeps that count for nothing: older than what was seen before, or not to be read"),
    WAKES("wakes", COUNTER, "Lookups before their turn, because a sweep saw a difference"),
    DISCOVERED("sessions.discovered", COUNTER, "Sessions that sweeps found and that are tracked since"),

    PARTITIONS("partitions", GAUGE, "Partitions of the repartition topic that this instance has"),
    TRACKED("sessions.tracked", GAUGE, "Sessions that this instance tracks"),
    UNCONFIGURED("sessions.unconfigured", GAUGE, "Tracked sessions whose source is not configured"),
    SESSIONS(
            "sessions",
            GAUGE,
            "state",
            LabelValues.tracked(),
            "Tracked sessions by last reported state; unseen: none yet"),
    MASS_LOSS(
            "mass.loss",
            GAUGE,
            "1 while AWS refuses or does not know most sessions at once, so that none is given up; else 0, as on an instance that looks nothing up"),
    OLDEST_LOOK("look.oldest", GAUGE, "seconds", "Time since the oldest lookup of all tracked sessions"),
    INTERVAL(
            "look.interval",
            GAUGE,
            "seconds",
            "class",
            List.of("passing", "active", "idle"),
            "Time between two lookups of a session: in a passing state, in STARTED or BUSY, in IDLE"),

    CHANGES("changes", COUNTER, "state", LabelValues.states(state -> true), "Changes reported, by new state"),
    LAG(
            "detection.lag",
            TIMER,
            "seconds",
            "Age of a change when observed; the first sight of a session does not count"),

    SETTLING("sessions.settling", GAUGE, "Ended sessions whose usage this instance still looks at"),
    SETTLING_OVERDUE(
            "settling.overdue",
            GAUGE,
            "seconds",
            "Time for which the look at an ended session that is due first has been due; sessions that live go first"),
    USAGE_RECORDS("usage.records", COUNTER, "status", LabelValues.codes(UsageStatus.values()), "Usage records written"),

    ALERTS(
            "alerts.raised",
            GAUGE,
            "kind",
            LabelValues.codes(AlertKind.values()),
            "Tracked sessions with a raised alert, by kind"),

    INPUT(
            "input.records",
            COUNTER,
            "outcome",
            LabelValues.codes(TrackingListener.Input.values()),
            "Input records handled"),
    WAITING("input.waiting", GAUGE, "Input records that wait for the schema registry"),
    DEAD_LETTERS(
            "dead.letters", COUNTER, "reason", LabelValues.codes(DeadLetterReason.values()), "Dead letters written"),
    REGISTRY(
            "registry.calls", TIMER, "seconds", "outcome", LabelValues.registryCalls(), "Calls to the schema registry"),
    REPLACED("stream.threads.replaced", COUNTER, "StreamThreads that died and were replaced");

    /** Name of the label that names a source; its values are the sources that are configured. */
    static final String SOURCE = "source";

    private static final Set<ServiceMetric> OF_THE_PROCESS = EnumSet.of(
            BUILD,
            READY,
            GROUP_CONTACT,
            HELD,
            PARTITIONS,
            UNCONFIGURED,
            INPUT,
            WAITING,
            DEAD_LETTERS,
            REGISTRY,
            REPLACED);

    private final String shortName;
    private final Meter.Type type;
    private final String unit;
    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of and Stream.toList
    private final List<String> labelValues;

    private final String description;

    ServiceMetric(String shortName, Meter.Type type, String description) {
        this(shortName, type, "", description);
    }

    ServiceMetric(String shortName, Meter.Type type, String unit, String description) {
        this(shortName, type, unit, "", List.of(), description);
    }

    ServiceMetric(String shortName, Meter.Type type, String label, List<String> labelValues, String description) {
        this(shortName, type, "", label, labelValues, description);
    }

    ServiceMetric(
            String shortName,
            Meter.Type type,
            String unit,
            String label,
            List<String> labelValues,
            String description) {
        this.shortName = shortName;
        this.type = type;
        this.unit = unit;
        this.label = label;
        this.labelValues = labelValues;
        this.description = description;
    }

    /** As Micrometer writes names. */
    String meterName() {
        return "session.events." + shortName;
    }

    Meter.Type type() {
        return type;
    }

    /** Base unit, which ends the name for Prometheus; empty for none. */
    String unit() {
        return unit;
    }

    /** Whether each source has its own, under the label {@value #SOURCE}. */
    boolean bySource() {
        return !OF_THE_PROCESS.contains(this);
    }

    /** Name of the label beside that of the source; empty for none. */
    String label() {
        return label;
    }

    /** All values of the label. */
    List<String> labelValues() {
        return labelValues;
    }

    String description() {
        return description;
    }
}
