package io.sessionevents.session;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.TrackedSession.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions from being given up where most of them seem to vanish or to be refused at once: that is an endpoint of
 * another account, a wrong Region, a policy that was removed or a proxy that speaks like AWS, not the end of sessions.
 *
 * <p>It judges by the latest answer about each session of the last {@link #WINDOW}. What counts as an absence is an answer
 * that does not show the session: not found, rejected, refused. Trouble on the way says nothing.
 *
 * <pre>
 *  seen before, {@value #MANY} or more absent, and more than half          → held
 *  seen before, 2 or more absent, and all of them          → held for {@link #PATIENCE_WITH_FEW}
 *  never seen, {@value #MANY} or more absent, and nothing found meanwhile  → held
 *  otherwise, a single session above all                    → given up
 * </pre>
 *
 * Holding ends by itself when sessions are found again, and for a session that is older than any can be. Not safe for use by
 * several threads.
 */
public final class MassLossGuard {
    /** No longer than a vanished session is waited for: when it would be given up, all that counts is of the same time. */
    static final Duration WINDOW = TransitionDetector.PATIENCE_WITH_SEEN;

    /** After so long without a lookup nothing is suspected any more: denied sessions are looked at once in {@link #WINDOW} only. */
    static final Duration SILENCE = WINDOW.multipliedBy(2);

    /** From so many absent sessions on, chance is ruled out. */
    static final int MANY = 5;

    /** So long a few sessions that vanish together are waited for: they may be all of a small fleet, or of one day's work. */
    static final Duration PATIENCE_WITH_FEW = Duration.ofHours(1);

    private static final int MOST_REMEMBERED = 10_000;

    private record Sight(boolean seenBefore, boolean absent, Moment at) {}

    private final Map<SessionKey, Sight> sights = new LinkedHashMap<>();
    private int present;
    private int absentSeen;
    private int absentNew;
    private @Nullable Moment lastFound;

    /**
     * Takes note of one lookup, and says whether giving the session up is held.
     *
     * @param recent what is remembered, this lookup included
     * @param lost why the session would be given up if there were no other; null if it would not
     */
    public boolean holds(
            TrackedSession kept, LookupHistory recent, Lookup outcome, Moment now, @Nullable DeadLetterReason lost) {
        note(kept, outcome, now);
        boolean rejected = lost == DeadLetterReason.SESSION_REJECTED;
        if (!rejected && lost != DeadLetterReason.SESSION_NOT_FOUND) {
            return false;
        }
        if (!over(kept, now) && held(kept, recent, now)) {
            return true;
        }
        if (!rejected || kept.seen() != null) {
            forget(kept.key());
        }
        // One that was rejected at once counts on: else the next of many would be rejected as the first.
        return false;
    }

    /** The session is not tracked any more: its absence counts no more. That it was found still does. */
    public void forget(SessionKey key) {
        Sight sight = sights.get(key);
        if (sight != null && sight.absent()) {
            count(sight, -1);
            sights.remove(key);
        }
    }

    /** What is wrong at that time, and what to do; null if nothing is. */
    public @Nullable String suspicion(Moment now) {
        expire(now, SILENCE);
        if (manySeen() || fewSeen()) {
            return sentence(absentSeen, present + absentSeen, "sessions that were seen before");
        }
        return manyNew() ? sentence(absentNew, absentNew, "sessions, and none was found meanwhile") : null;
    }

    /** Whether a session was found after that. */
    public boolean foundSince(Instant time) {
        return lastFound != null && lastFound.at().isAfter(time);
    }

    private static String sentence(int absent, int of, String sessions) {
        return "AWS refuses or does not know " + absent + " of " + of + " " + sessions + " (last " + WINDOW.toMinutes()
                + " min): none is given up. Check region, endpoint.url (aws.* or source.NAME.*), the account of the credentials, the IAM"
                + " policy and the proxy; sessions that are really gone are stopped with 'session-events track --stop'";
    }

    /** Longer than a session can live, nothing is waited for. */
    private static boolean over(TrackedSession kept, Moment now) {
        Seen seen = kept.seen();
        Instant started = seen == null ? kept.trackedAt() : seen.startedAt();
        Instant begin = started == null ? requireNonNull(seen).createdAt() : started;
        return !now.at().isBefore(begin.plus(TransitionDetector.LONGEST_DOUBT));
    }

    private boolean held(TrackedSession kept, LookupHistory recent, Moment now) {
        Moment absentSince = recent.setbacks().absentSince();
        Duration absent = absentSince == null ? Duration.ZERO : now.since(absentSince);
        if (kept.seen() != null) {
            return manySeen() || (fewSeen() && absent.compareTo(PATIENCE_WITH_FEW) < 0);
        }
        Duration patience = TransitionDetector.PATIENCE_WITH_NEW;
        Duration counted = absent.compareTo(patience) > 0 ? absent : patience;
        boolean foundMeanwhile = lastFound != null && now.since(lastFound).compareTo(counted) <= 0;
        return !foundMeanwhile && absentNew + absentSeen >= MANY;
    }

    private boolean manySeen() {
        return absentSeen >= MANY && absentSeen > present;
    }

    private boolean fewSeen() {
        return absentSeen > 1 && present == 0;
    }

    private boolean manyNew() {
        return absentNew >= MANY && present == 0;
    }

    /** Takes note of one lookup that gives nothing up. */
    public void note(TrackedSession kept, Lookup outcome, Moment now) {
        switch (outcome) {
            case Lookup.Found found -> {
                lastFound = now;
                put(kept.key(), new Sight(true, false, now));
            }
            case Lookup.NotFound notFound -> put(kept.key(), new Sight(kept.seen() != null, true, now));
            case Lookup.Refused refused -> put(kept.key(), new Sight(kept.seen() != null, true, now));
            case Lookup.Unavailable unavailable -> {}
        }
        expire(now, WINDOW);
    }

    private void put(SessionKey key, Sight sight) {
        Sight before = sights.remove(key);
        if (before != null) {
            count(before, -1);
        }
        sights.put(key, sight);
        count(sight, 1);
    }

    private void count(Sight sight, int change) {
        if (!sight.absent()) {
            present += change;
        } else if (sight.seenBefore()) {
            absentSeen += change;
        } else {
            absentNew += change;
        }
    }

    private void expire(Moment now, Duration window) {
        Iterator<Sight> oldest = sights.values().iterator();
        while (oldest.hasNext()) {
            Sight sight = oldest.next();
            if (sights.size() <= MOST_REMEMBERED && now.since(sight.at()).compareTo(window) <= 0) {
                return;
            }
            oldest.remove();
            count(sight, -1);
        }
    }
}
