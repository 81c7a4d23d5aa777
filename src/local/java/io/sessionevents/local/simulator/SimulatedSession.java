package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One session: the members that never change, and its true life. Safe for use by many threads.
 *
 * <p>Whether AWS clears {@code idleSince} while a session is busy is not documented, so some sessions do and some do not.
 */
public final class SimulatedSession {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> SUMMARISED =
            Set.of("applicationId", "sessionId", "arn", "name", "releaseLabel", "executionRoleArn", "createdBy");

    private final SessionKey key;
    private final ObjectNode constant;
    private final boolean keepsIdleSince;
    private final boolean utilised;
    private final boolean wobbling;
    private final @Nullable UsageScript usage;
    private final List<Phase> phases = new ArrayList<>();
    private Instant shownUntil = Instant.EPOCH;
    private int lookedAt = Truth.NOTHING;

    /**
     * A session without a life yet.
     *
     * @param constant the members that never change, as they stand in the answer
     * @param utilised whether the answer has utilisation and duration
     */
    SimulatedSession(SessionKey key, ObjectNode constant, boolean keepsIdleSince, boolean utilised) {
        this(key, constant, keepsIdleSince, utilised, false, null);
    }

    private SimulatedSession(
            SessionKey key,
            ObjectNode constant,
            boolean keepsIdleSince,
            boolean utilised,
            boolean wobbling,
            @Nullable UsageScript usage) {
        this.key = key;
        this.constant = constant;
        this.keepsIdleSince = keepsIdleSince;
        this.utilised = utilised;
        this.wobbling = wobbling;
        this.usage = usage;
    }

    /** The same session, without a life yet, whose usage is told only when it has ended, by that script. */
    SimulatedSession using(UsageScript script) {
        return new SimulatedSession(key, constant, keepsIdleSince, false, false, script);
    }

    /** The same session, without a life yet, whose billed hours {@linkplain BilledHours#wobbling wobble}. */
    SimulatedSession wobbling() {
        return new SimulatedSession(key, constant, keepsIdleSince, true, true, null);
    }

    void rename(String name) {
        constant.put("name", name);
    }

    public SessionKey key() {
        return key;
    }

    /** Whether a busy session does not tell when it was idle. */
    boolean clearsIdleSince() {
        return !keepsIdleSince;
    }

    /** What is told of its usage when it has ended; null: no more than while it lives. */
    @Nullable
    UsageScript usage() {
        return usage;
    }

    /** What its own script lets go wrong with an answer of that moment. */
    synchronized Fault fault(Instant now) {
        Instant end = endBy(now);
        return usage == null || end == null ? Fault.NONE : usage.at(end, now).fault();
    }

    /** When it ended, if it had by then. */
    private @Nullable Instant endBy(Instant now) {
        Phase last = phases.isEmpty() ? null : phases.getLast();
        return last == null || !last.terminal() || last.from().isAfter(now) ? null : last.from();
    }

    /** The last moment at which an answer was another one than it is now. */
    synchronized @Nullable Instant beforeLastChange(Instant now) {
        int current = phaseAt(now);
        if (current < 0) {
            return null;
        }
        Instant end = endBy(now);
        if (usage != null && usage.touches() && end != null && usage.indexAt(end, now) > 0) {
            return end.plus(usage.at(end, now).after()).minusMillis(1);
        }
        return current == 0 ? null : phases.get(current).from().minusMillis(1);
    }

    /** The true life so far and to come. */
    public synchronized List<Phase> phases() {
        return List.copyOf(phases);
    }

    /** Adds a phase; it must begin after the one before. Cut to milliseconds, as AWS's and the events' times are. */
    public synchronized SimulatedSession then(String state, Instant begin) {
        Instant from = begin.truncatedTo(ChronoUnit.MILLIS);
        if (!phases.isEmpty() && !from.isAfter(phases.getLast().from())) {
            throw new IllegalArgumentException(state + " at " + from + " does not come after " + phases.getLast());
        }
        phases.add(new Phase(state, from));
        return this;
    }

    /**
     * Adds a phase that begins now, and after every look that has shown another: a thread that is held up between reading
     * the clock and the change must not change what was answered meanwhile.
     */
    synchronized void become(String state, InstantSource clock) {
        Instant from = later(clock.instant(), shownUntil);
        from = phases.isEmpty() ? from : later(from, phases.getLast().from());
        then(state, from.truncatedTo(ChronoUnit.MILLIS).plusMillis(1));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** The session as the answer holds it at that moment; null if it is not created yet. */
    synchronized @Nullable ObjectNode at(Instant now) {
        int current = phaseAt(now);
        return current < 0 ? null : render(phases.subList(0, current + 1), now);
    }

    /** Index of the phase that an answer of that moment shows; negative if it is not created yet. */
    synchronized int phaseAt(Instant now) {
        shownUntil = later(now, shownUntil);
        int current = Truth.NOTHING;
        while (current + 1 < phases.size() && !phases.get(current + 1).from().isAfter(now)) {
            current++;
        }
        return current;
    }

    /** A lookup is answered with that phase, or with none. */
    synchronized void looked(int phase) {
        lookedAt = Math.max(phase, lookedAt);
    }

    /** Index of the latest phase that a lookup was answered with; {@link Truth#NOTHING} if there was none. */
    synchronized int lookedAt() {
        return lookedAt;
    }

    /** What lists tell of it in that phase: eleven members at most. */
    synchronized ObjectNode summary(int phase) {
        ObjectNode json = object();
        constant.properties().stream()
                .filter(member -> SUMMARISED.contains(member.getKey()))
                .forEach(member -> json.set(member.getKey(), member.getValue()));
        Phase shown = phases.get(phase);
        state(json, shown);
        time(json, "createdAt", phases.getFirst().from());
        time(json, "updatedAt", shown.from());
        return json;
    }

    private static void state(ObjectNode json, Phase phase) {
        json.put("state", phase.state());
        json.put("stateDetails", "The session is " + phase.state().toLowerCase(java.util.Locale.ROOT) + ".");
    }

    private ObjectNode render(List<Phase> past, Instant now) {
        Phase phase = past.getLast();
        ObjectNode json = constant.deepCopy();
        state(json, phase);
        Instant ended = phase.terminal() ? phase.from() : null;
        time(json, "createdAt", past.getFirst().from());
        time(json, "updatedAt", usage == null || ended == null ? phase.from() : usage.updatedAt(ended, now));
        Instant started = past.stream()
                .filter(Phase::running)
                .map(Phase::from)
                .findFirst()
                .orElse(null);
        time(json, "startedAt", started);
        time(json, "endedAt", ended);
        time(json, "idleSince", idleSince(past));
        if (utilised && started != null) {
            Duration ran = Duration.between(started, ended == null ? now : ended);
            json.put("totalExecutionDurationSeconds", ran.toSeconds());
            utilisation(json.putObject("totalResourceUtilization"), ran, 1);
            utilisation(json.putObject("billedResourceUtilization"), ran, 1.25);
            if (wobbling) {
                json.withObject("billedResourceUtilization").put("vCPUHour", BilledHours.wobbling(past, now));
            }
        }
        if (usage != null && ended != null) {
            usage.at(ended, now).numbers().addTo(json);
        }
        return json;
    }

    private @Nullable Instant idleSince(List<Phase> past) {
        if (past.getLast().state().equals("IDLE")) {
            return past.getLast().from();
        }
        return keepsIdleSince
                ? past.reversed().stream()
                        .filter(phase -> phase.state().equals("IDLE"))
                        .map(Phase::from)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static void utilisation(ObjectNode node, Duration ran, double factor) {
        double hours = ran.toMillis() / 3_600_000.0 * factor;
        node.put("vCPUHour", hours * 4).put("memoryGBHour", hours * 16).put("storageGBHour", hours * 20);
    }

    /** Body timestamps are epoch seconds with a fraction. */
    private static void time(ObjectNode json, String member, @Nullable Instant instant) {
        if (instant != null) {
            json.put(member, BigDecimal.valueOf(instant.toEpochMilli(), 3));
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
