package io.sessionevents.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which page of which application of a source is asked for next. A sweep that has begun goes on first, unless it is so lengthy that it
 * takes turns with the others. Then steady sweeps, of the living, and complete ones, of the ended too, take turns as long as one of the
 * latter is due. Among the steady ones that application comes next whose {@linkplain ApplicationSweeps#urgency sweep is the longest ago
 * and shows the most}; none starves. Not safe for use by several threads.
 */
public final class SweepAgenda {
    /** Steps of the clock that are shorter do no harm. */
    private static final Duration LEAST_STEP = Duration.ofSeconds(1);

    private final Discovery discovery;
    private final Duration completeInterval;
    private final Duration refusedPause;
    private final SweepDetector detector = new SweepDetector();
    private final TreeMap<ApplicationKey, ApplicationSweeps> applications = new TreeMap<>();
    private Instant notBefore = Instant.EPOCH;
    private Instant latest = Instant.EPOCH;
    private boolean completeNext;
    private boolean lengthyNext;

    /**
     * What has become of a sweep.
     *
     * @param application as it is kept from now on
     * @param gone whether AWS has said often enough that the application is not there
     */
    public record Outcome(SweptApplication application, SweepStep step, boolean gone) {}

    /**
     * Nothing to sweep yet.
     *
     * @param completeInterval time between two complete listings of an application
     * @param refusedPause how long a refused listing is not tried again
     */
    public SweepAgenda(Discovery discovery, Duration completeInterval, Duration refusedPause) {
        this.discovery = discovery;
        this.completeInterval = completeInterval;
        this.refusedPause = refusedPause;
    }

    /** That application is swept, as it is kept from now on; a sweep of it that is under way goes on. */
    public void keep(SweptApplication application, Instant now) {
        ApplicationSweeps sweeps = applications.get(application.key());
        if (sweeps == null) {
            applications.put(application.key(), new ApplicationSweeps(application, now));
        } else if (application.tracked() && !sweeps.application.tracked()) {
            // What was seen of it so far woke lookups, and discovered nothing.
            applications.put(application.key(), new ApplicationSweeps(application, now));
        } else {
            sweeps.application = application;
        }
    }

    /** It is swept no more. */
    public void drop(ApplicationKey key) {
        applications.remove(key);
    }

    /** What is kept of that application; null: nothing. */
    public @Nullable SweptApplication of(ApplicationKey key) {
        ApplicationSweeps sweeps = applications.get(key);
        return sweeps == null ? null : sweeps.application;
    }

    /** The next page to ask for; null: none now. */
    public @Nullable ListingQuery next(Instant now) {
        notice(now);
        if (now.isBefore(notBefore)) {
            return null;
        }
        Optional<ApplicationSweeps> lengthy =
                free(now, ApplicationSweeps::lengthy).min(Comparator.comparing(sweeps -> sweeps.askedAt));
        if (lengthy.isPresent() && lengthyNext) {
            lengthyNext = false;
            return lengthy.get().begin(false, now);
        }
        lengthyNext = true;
        Optional<ApplicationSweeps> begun = free(now, sweeps -> sweeps.begun() && !sweeps.lengthy())
                .min(Comparator.comparing(
                        sweeps -> requireNonNull(sweeps.underWay).began()));
        if (begun.isPresent()) {
            return begun.get().begin(false, now);
        }
        ListingQuery first = first(now);
        return first == null && lengthy.isPresent() ? lengthy.get().begin(false, now) : first;
    }

    /** The first page of the next sweep; null: none now. */
    private @Nullable ListingQuery first(Instant now) {
        Optional<ApplicationSweeps> due = free(
                        now, sweeps -> !sweeps.begun() && sweeps.completeDue(completeInterval, now))
                .min(Comparator.comparing(ApplicationSweeps::completeTurn));
        if (due.isPresent() && completeNext) {
            completeNext = false;
            return due.get().begin(true, now);
        }
        completeNext = true;
        return free(now, sweeps -> !sweeps.begun())
                .max(Comparator.comparingDouble(sweeps -> sweeps.urgency(now)))
                .map(sweeps -> sweeps.begin(false, now))
                .orElse(null);
    }

    private Stream<ApplicationSweeps> free(Instant now, Predicate<ApplicationSweeps> which) {
        return applications.values().stream()
                .filter(sweeps -> sweeps.free(now) && sweeps.application.swept(now) && which.test(sweeps));
    }

    /**
     * Takes an answer in.
     *
     * @param answer null: the call broke
     * @return what follows; null if nobody waits for it any more
     */
    public @Nullable Outcome take(ListingQuery asked, @Nullable Listing answer, Instant now) {
        notice(now);
        ApplicationSweeps sweeps = applications.get(asked.application());
        if (sweeps == null
                || sweeps.underWay == null
                || !sweeps.underWay.query().equals(asked)) {
            return null;
        }
        sweeps.asked = false;
        SweepStep step = decide(sweeps, answer);
        boolean gone = false;
        switch (step) {
            case SweepStep.Read read -> {
                sweeps.read(read);
                keepProgress(sweeps, read);
            }
            case SweepStep.Broken(String message, boolean source) -> {
                sweeps.broken(message, source, now);
                notBefore = source ? now.plus(ApplicationSweeps.FIRST_BACK_OFF) : notBefore;
            }
            case SweepStep.Refused(String message) -> sweeps.refused(message, refusedPause, now);
            case SweepStep.Unknown(String message) -> gone = sweeps.unknown(message, now) && !mostAreMissing(now);
        }
        return new Outcome(sweeps.application, step, gone);
    }

    /** Where most are, AWS is rather asked in the wrong Region or account, if it has listed one of them before: none is given up then. */
    private boolean mostAreMissing(Instant now) {
        List<ApplicationSweeps> swept = applications.values().stream()
                .filter(sweeps -> sweeps.application.swept(now))
                .toList();
        List<ApplicationSweeps> missing =
                swept.stream().filter(ApplicationSweeps::missing).toList();
        return 2 * missing.size() > swept.size() && missing.stream().anyMatch(ApplicationSweeps::everListed);
    }

    private SweepStep decide(ApplicationSweeps sweeps, @Nullable Listing answer) {
        if (answer == null) {
            return new SweepStep.Broken("the call broke", false);
        }
        return detector.decide(requireNonNull(sweeps.underWay), sweeps.sessions, sweeps.application, discovery, answer);
    }

    /** A clock that is set back would make every pause as much longer, and leave only those their turn that have had it since. */
    private void notice(Instant now) {
        if (now.isBefore(latest.minus(LEAST_STEP))) {
            Duration by = Duration.between(latest, now);
            notBefore = notBefore.plus(by);
            applications.values().forEach(sweeps -> sweeps.clockSet(by));
        }
        latest = now;
    }

    /** Only what found something is worth keeping: from an older moment on, a listing that finds nothing is as short. */
    private static void keepProgress(ApplicationSweeps sweeps, SweepStep.Read read) {
        Sweep sweep = read.sweep();
        if (read.whole() && !sweep.query().living() && sweep.found()) {
            sweeps.application = sweeps.application.complete(sweep.began());
        }
    }

    /** Why AWS refuses to list the sessions of an application that is swept at that time; null if it refuses none. */
    public @Nullable String refusal(Instant now) {
        return applications.values().stream()
                .filter(sweeps -> sweeps.refusal != null && sweeps.application.swept(now))
                .findFirst()
                .map(sweeps -> sweeps.refusal)
                .orElse(null);
    }

    /** Applications that are swept at that time. */
    public List<SweepStatus.Application> status(Instant now) {
        return applications.values().stream()
                .filter(sweeps -> sweeps.application.swept(now))
                .map(ApplicationSweeps::status)
                .toList();
    }
}
