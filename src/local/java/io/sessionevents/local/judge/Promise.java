package io.sessionevents.local.judge;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/** What the service promises: the one list by which tests, faults, campaigns and the demo judge, in the order in which they tell. */
public enum Promise {
    EVERY_CHANGE_REPORTED("lost", known -> new EveryChangeReported(known.tracked(), known.disturbances())),
    EVERY_SESSION_REPORTED(
            "end untold",
            known -> new EverySessionReported(
                    known.asked().applications(), known.limits().settled(), known.disturbances(), known.until())),
    NO_DUPLICATES("duplicated", known -> new NoDuplicates()),
    IN_ORDER_PER_SESSION("out of order", known -> new InOrderPerSession()),
    NOTHING_INVENTED("invented", known -> new NothingInvented()),
    NOTHING_AFTER_TERMINAL("invented", known -> new NothingAfterTerminal()),
    TOLD_IN_TIME(
            "late",
            known -> new ToldInTime(
                    known.limits().rounds(), known.tracked(), known.told().arrivals(), known.disturbances())),
    NOBODY_STARVES(
            "starved",
            known -> new NobodyStarves(
                    known.limits().rounds(),
                    known.limits().roundsToFirst(),
                    known.tracked(),
                    known.until(),
                    known.disturbances())),
    NONE_GIVEN_UP("given up", known -> new NoneGivenUp(known.told().givenUp())),
    BUDGET_NEVER_EXCEEDED(
            "over budget", known -> new BudgetNeverExceeded(known.limits().budget())),
    LIST_BUDGETS_NEVER_EXCEEDED(
            "over list budget",
            known -> new ListBudgetsNeverExceeded(
                    known.limits().listSessions(), known.limits().listApplications())),
    EVERY_RECORD_ACCOUNTED(
            "unaccounted",
            known -> new EveryRecordAccounted(
                    known.asked().unreadable(), known.told().unreadable())),
    NOTHING_SEEN_TWICE_UNTOLD(
            "untold", known -> new NothingSeenTwiceUntold(known.tracked().keySet())),
    WISHES_HEARD("not heard", known -> new WishesHeard(known.asked().again(), known.until())),
    USAGE_ADDS_UP("usage wrong", known -> new UsageAddsUp(known.told().usage())),
    EVERY_ENDED_SESSION_SETTLED(
            "usage untrue",
            known -> new EveryEndedSessionSettled(
                    known.told().usage(), known.limits().usage(), known.disturbances(), known.until())),
    ALERTS_ALTERNATE("alert wrong", known -> new AlertsAlternate(known.told().alerts())),
    EVERY_CROSSING_TOLD(
            "alert untrue",
            known -> new EveryCrossingTold(known.told().alerts(), known.limits().alerts(), known.disturbances())),
    OWN_CREDENTIALS("called with strange credentials", known -> new OwnCredentials());

    /** Those that hold whatever happens, and for whose judgement the truth and the events are enough. */
    public static final Set<Promise> ALWAYS =
            of(NO_DUPLICATES, IN_ORDER_PER_SESSION, NOTHING_INVENTED, NOTHING_AFTER_TERMINAL);

    /** What a fleet is judged by that was watched from the beginning to the end. */
    public static final Set<Promise> OF_A_FLEET =
            Collections.unmodifiableSet(EnumSet.range(EVERY_CHANGE_REPORTED, EVERY_RECORD_ACCOUNTED));

    private final String breach;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Function<Evidence, Guarantee> guarantee;

    Promise(String breach, Function<Evidence, Guarantee> guarantee) {
        this.breach = breach;
        this.guarantee = guarantee;
    }

    /** These, in the order of the list. */
    public static Set<Promise> of(Promise first, Promise... more) {
        return Collections.unmodifiableSet(EnumSet.of(first, more));
    }

    /** Those that always hold, and these. */
    public static Set<Promise> alwaysAnd(Promise... more) {
        EnumSet<Promise> all = EnumSet.copyOf(ALWAYS);
        Collections.addAll(all, more);
        return Collections.unmodifiableSet(all);
    }

    /** What has happened where it is broken, in a word or two. */
    public String breach() {
        return breach;
    }

    /** The promise, made of what is known of a run. */
    public Guarantee guarantee(Evidence known) {
        return guarantee.apply(known);
    }
}
