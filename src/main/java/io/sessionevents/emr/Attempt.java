package io.sessionevents.emr;

import io.sessionevents.session.Lookup;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one HTTP attempt came to.
 *
 * @param answered whether AWS answered at all
 * @param retry whether another attempt within seconds may go better
 * @param askedPause how long AWS asks to wait before it; null if it does not say
 * @param broken whether it was ended by an error of ours
 * @param <A> answer of the operation, failures included
 */
record Attempt<A>(
        A outcome,
        boolean answered,
        boolean retry,
        @Nullable Duration askedPause,
        boolean broken) {

    /** AWS answered, and would not answer otherwise soon. */
    static <A> Attempt<A> answered(A outcome) {
        return new Attempt<>(outcome, true, false, null, false);
    }

    /** AWS answered, and may answer otherwise soon. */
    static <A> Attempt<A> answeredForNow(A outcome, @Nullable Duration askedPause) {
        return new Attempt<>(outcome, true, true, askedPause, false);
    }

    /** No call was made. */
    static <A> Attempt<A> notMade(A outcome) {
        return new Attempt<>(outcome, false, false, null, false);
    }

    /** Something of ours broke; the budget must not take it for an answer, and another attempt would break as well. */
    static <A> Attempt<A> broken(A outcome) {
        return new Attempt<>(outcome, false, false, null, true);
    }

    /** The call was made, or tried, and no answer came. */
    static <A> Attempt<A> unanswered(A outcome) {
        return new Attempt<>(outcome, false, true, null, false);
    }

    /** The same with the outcome as an operation has it. */
    <B> Attempt<B> map(Function<? super A, ? extends B> as) {
        return new Attempt<>(as.apply(outcome), answered, retry, askedPause, broken);
    }

    /**
     * Whether it says that calls are in vain for now, whatever is asked: AWS is out of order or not reached, or takes
     * neither our credentials nor our clock. A throttle is none: AWS is well and says so.
     */
    boolean outage() {
        return broken
                || (retry && trouble(Lookup.Trouble.TRANSIENT))
                || trouble(Lookup.Trouble.FOREIGN)
                || trouble(Lookup.Trouble.CREDENTIALS)
                || trouble(Lookup.Trouble.CLOCK_SKEW);
    }

    boolean throttled() {
        return trouble(Lookup.Trouble.THROTTLED);
    }

    private boolean trouble(Lookup.Trouble trouble) {
        return outcome instanceof Lookup.Unavailable none && none.why() == trouble;
    }
}
