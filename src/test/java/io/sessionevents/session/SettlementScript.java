package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.moment;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.sessionevents.session.Session.ResourceUtilization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The looks at one ended session in virtual time, each as its settlement plans it. */
final class SettlementScript {
    /** A settlement that does not end is a mistake. */
    private static final int MOST_LOOKS = 1000;

    private final SettlementDetector detector;
    private final List<UsageRecord> records = new ArrayList<>();
    private final List<Duration> looks = new ArrayList<>();
    private TrackedSession kept;
    private SettlementDecision.Close.@Nullable Why closed;

    private SettlementScript(SettlementDetector detector, TrackedSession kept) {
        this.detector = detector;
        this.kept = kept;
    }

    /** A session that ended at the start and whose end was found then. */
    static SettlementScript ended(SettlementDetector detector, Session session, Instant foundAt) {
        return new SettlementScript(detector, detector.begin(kept(session, foundAt), change(session, foundAt)));
    }

    /** One whose end was reported by a version that did not settle. */
    static SettlementScript before(SettlementDetector detector, Session session, Instant foundAt, Instant now) {
        return new SettlementScript(detector, detector.resume(kept(session, foundAt), now));
    }

    static TrackedSession kept(Session session, Instant foundAt) {
        var seen = TrackedSession.Seen.of(session, foundAt, foundAt);
        return new TrackedSession(KEY, Map.of("team", "blue"), Origin.PUBLISHED, START, null, 3, seen);
    }

    static StateChange change(Session session, Instant foundAt) {
        Instant end = session.endedAt() == null ? session.updatedAt() : session.endedAt();
        return new StateChange(
                KEY,
                3,
                SessionState.TERMINATING,
                List.of(),
                end,
                foundAt,
                null,
                Map.of("team", "blue"),
                Origin.PUBLISHED,
                session);
    }

    /** Looks until no look follows, each when it is due. */
    SettlementScript run(Function<Instant, Lookup> answers) {
        while (kept.settling()) {
            look(requireNonNull(settlement().nextLookAt()), answers);
        }
        return this;
    }

    /** Looks until the next one is due later than that. */
    SettlementScript runUntil(Instant end, Function<Instant, Lookup> answers) {
        for (Instant next = settlement().nextLookAt();
                next != null && !next.isAfter(end);
                next = settlement().nextLookAt()) {
            look(next, answers);
        }
        return this;
    }

    SettlementScript look(Instant at, Function<Instant, Lookup> answers) {
        looks.add(Duration.between(START, at));
        if (looks.size() > MOST_LOOKS) {
            throw new IllegalStateException("no end after looks at " + looks);
        }
        SettlementDecision decision = detector.decide(kept, answers.apply(at), moment(at));
        kept = decision.next();
        switch (decision) {
            case SettlementDecision.Book(UsageRecord usage, TrackedSession _) -> records.add(usage);
            case SettlementDecision.LookAgain _ -> {}
            case SettlementDecision.Close(SettlementDecision.Close.Why why, TrackedSession _) -> closed = why;
        }
        return this;
    }

    List<UsageRecord> records() {
        return List.copyOf(records);
    }

    /** Since the start. */
    List<Duration> looks() {
        return List.copyOf(looks);
    }

    TrackedSession kept() {
        return kept;
    }

    Settlement settlement() {
        return requireNonNull(kept.settlement());
    }

    SettlementDecision.Close.@Nullable Why closed() {
        return closed;
    }

    /** Ended at the start, with these numbers billed. */
    static Session terminated(@Nullable ResourceUtilization billed) {
        return SessionSample.in("TERMINATED").endedAt(START).billed(billed).session();
    }

    static @Nullable ResourceUtilization vCPU(@Nullable String text) {
        return text == null ? null : new ResourceUtilization(Amount.parse(text), null, null);
    }

    static Lookup found(Session session, Instant sentAt) {
        return new Lookup.Found(session, moment(sentAt));
    }

    /** The records as {@code status:billed:delta@minute/looks}. */
    String shown() {
        return records.stream()
                .map(record -> record.status() + ":" + text(record.numbers().billed()) + ":"
                        + text(record.billedDelta()) + "@"
                        + Duration.between(START, record.settledAt()).toMinutes() + "/" + record.looks())
                .collect(joining(" "));
    }

    private static String text(@Nullable ResourceUtilization used) {
        return used == null || used.vCPU() == null ? "-" : used.vCPU().text();
    }
}
