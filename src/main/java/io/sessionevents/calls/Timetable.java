package io.sessionevents.calls;

import io.sessionevents.calls.SteadyClock.Reading;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * When the calls of this process may go out: its pace from the last call on, slower for a while after AWS throttled one. Places are those
 * of the wall clock; the rest counts by the steady one. Not safe for use by several threads.
 */
final class Timetable {
    private Pace pace = EvenPace.NOTHING;
    private Adaptation adaptation;
    private long last;

    /** No call may go out. */
    Timetable(Reading now) {
        this.adaptation = Adaptation.none(now.steady());
        this.last = now.wall() - TimeUnit.DAYS.toNanos(36_500);
    }

    void pace(double share) {
        pace = new EvenPace(share);
    }

    void own(double fleetRate, int partitions, Set<Integer> owned, Reading now) {
        Places before = pace instanceof Places places && places.of(fleetRate, partitions)
                ? places
                : Places.none(fleetRate, partitions);
        pace = before.owning(owned, now.wall());
    }

    void throttled(Reading now) {
        adaptation = adaptation.throttled(now.steady());
    }

    /** A wall clock that was set begins anew: no place that was used by the old one counts. */
    void beginAnew(Reading now) {
        last = now.wall();
        pace = pace.reopened(now.wall());
    }

    /** In calls per second. */
    double share() {
        return pace.share();
    }

    /** What is used of the share. */
    double rate(Reading now) {
        return pace.share() * adaptation.at(now.steady());
    }

    /** How long before its moment a permit is given, in nanoseconds. */
    long lead() {
        return pace.lead();
    }

    /** After how many nanoseconds a permit that was not used has lost the moment that it was given for. */
    long patience() {
        return pace.lead() + pace.patience();
    }

    /** Nanoseconds until the moment of the call after so many others; 0 or less if it has come. */
    long wait(int ahead, Reading now) {
        return moment(ahead, now) - now.wall();
    }

    /** The next call is sent. */
    void use(Reading now) {
        last = moment(0, now);
    }

    /** The place of the next call is used although none is sent. Without a place of our own the moment is never. */
    void spend(Reading now) {
        last = Math.min(moment(0, now), Math.max(last, now.wall() + TimeUnit.SECONDS.toNanos(1)));
    }

    /** As if a call had been sent now. */
    void countFrom(Reading now) {
        last = Math.max(last, now.wall());
    }

    private long moment(int ahead, Reading now) {
        return pace.moment(last, ahead, now.wall(), adaptation.at(now.steady()));
    }
}
