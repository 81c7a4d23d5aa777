package io.sessionevents.tracking;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.MassLossGuard;
import io.sessionevents.session.Moment;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TimeSource;
import io.sessionevents.session.TrackedSession;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link MassLossGuard}s of a process, one for each source, for all StreamThreads: says to whoever asks what they hold, and logs
 * changes. Where nothing is looked up any more, it has to be asked for that to end.
 */
final class LossWatch {
    private static final Logger log = LoggerFactory.getLogger(LossWatch.class);

    private static final Lookup UNPROVEN =
            new Lookup.Unavailable(Lookup.Trouble.FOREIGN, "most sessions seem to vanish");

    private final Map<String, Watched> sources = new HashMap<>();
    private final LookupSchedule schedule;
    private final TimeSource time;

    /** One source. */
    private static final class Watched {
        private final MassLossGuard guard = new MassLossGuard();

        /** Of sessions that have ended: AWS may have forgotten some of them. */
        private final MassLossGuard ended = new MassLossGuard();

        private @Nullable String told;
    }

    LossWatch(LookupSchedule schedule, TimeSource time) {
        this.schedule = schedule;
        this.time = time;
    }

    /** What is wrong in the source of that name, and what to do; null if nothing is. */
    synchronized @Nullable String suspicion(String source) {
        Watched watched = sources.get(source);
        return watched == null ? null : tell(source, watched, time.now());
    }

    /**
     * What really follows from one lookup.
     *
     * @param before what is remembered of the lookups before it
     * @param alone what would follow if there were no other session
     * @return {@code alone}, or one more look if giving up is held
     */
    synchronized SessionStep judge(TrackedSession kept, LookupHistory before, LookupResult result, SessionStep alone) {
        LookupHistory recent = before.after(kept, result.outcome(), result.answeredAt());
        DeadLetterReason lost = alone instanceof SessionStep.GiveUp giveUp ? giveUp.reason() : null;
        Watched source = source(kept.key());
        boolean held = source.guard.holds(kept, recent, result.outcome(), result.answeredAt(), lost);
        tell(kept.key().source(), source, result.answeredAt());
        return held ? new SessionStep.LookAgain(recent, schedule.afterFailure(kept, recent, result.outcome())) : alone;
    }

    /**
     * The result of a look at an ended session, as far as it is believed: that AWS does not show it proves nothing while most sessions
     * seem to vanish, or most ended ones and no other was found since this one told nothing, as in the night.
     */
    synchronized LookupResult believed(TrackedSession ended, LookupResult result) {
        Watched source = source(ended.key());
        source.ended.note(ended, result.outcome(), result.answeredAt());
        boolean absent = result.outcome() instanceof Lookup.NotFound || result.outcome() instanceof Lookup.Refused;
        Moment now = result.answeredAt();
        boolean doubtful = source.guard.suspicion(now) != null
                || (source.ended.suspicion(now) != null && !source.guard.foundSince(silentSince(ended, now.at())));
        return absent && doubtful ? new LookupResult(result.key(), UNPROVEN, result.answeredAt()) : result;
    }

    private static Instant silentSince(TrackedSession ended, Instant now) {
        Instant since =
                ended.settlement() == null ? null : ended.settlement().silence().since();
        return since == null ? now : since;
    }

    /** See {@link MassLossGuard#forget}. */
    synchronized void forget(SessionKey key) {
        Watched source = source(key);
        source.guard.forget(key);
        tell(key.source(), source, time.now());
    }

    private Watched source(SessionKey key) {
        return sources.computeIfAbsent(key.source(), name -> new Watched());
    }

    private static @Nullable String tell(String name, Watched source, Moment now) {
        String suspicion = source.guard.suspicion(now);
        if (source.told == null && suspicion != null) {
            log.atError().addKeyValue("source", name).log(suspicion);
        } else if (source.told != null && suspicion == null) {
            log.atInfo()
                    .addKeyValue("source", name)
                    .log(
                            "Most sessions do not seem to vanish any more: those that AWS does not find are given up as usual");
        }
        source.told = suspicion;
        return suspicion;
    }
}
