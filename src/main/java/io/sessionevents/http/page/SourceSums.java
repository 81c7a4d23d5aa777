package io.sessionevents.http.page;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How one source stands in the whole fleet: budgets are the fleet's, rates and sessions are added up. */
final class SourceSums {
    /** By name. */
    static final Comparator<String> DEFAULT_FIRST = Comparator.<String, Boolean>comparing(
                    name -> !name.equals(Source.DEFAULT))
            .thenComparing(Comparator.naturalOrder());

    private final String name;
    private double budget;
    private double rate;
    private long tracked;
    private long settling;
    private Duration oldestLook = Duration.ZERO;
    private boolean circuitOpen;
    private @Nullable Members sweeps;

    SourceSums(String name) {
        this.name = name;
    }

    void add(Members source) {
        budget = Math.max(budget, source.number("budgetCallsPerSecond"));
        rate += source.number("rateCallsPerSecond");
        tracked += source.count("sessionsTracked");
        settling += source.count("sessionsSettling");
        Duration oldest = source.seconds("oldestLookSeconds");
        oldestLook = oldest.compareTo(oldestLook) > 0 ? oldest : oldestLook;
        circuitOpen |= source.text("circuit").equals("open");
    }

    /** One instance makes all sweeps of a source; while it moves two may say so, and then the one that has swept counts. */
    void addSweeps(Members more) {
        if (sweeps == null || sweeps.time("oldestSweepAt") == null) {
            sweeps = more;
        }
    }

    String name() {
        return name;
    }

    double budget() {
        return budget;
    }

    double rate() {
        return rate;
    }

    long tracked() {
        return tracked;
    }

    long settling() {
        return settling;
    }

    Duration oldestLook() {
        return oldestLook;
    }

    boolean circuitOpen() {
        return circuitOpen;
    }

    /** Whether an instance makes its sweeps. */
    boolean swept() {
        return sweeps != null;
    }

    double listBudget() {
        return sweeps == null ? 0 : requireNonNull(sweeps).number("budgetCallsPerSecond");
    }

    double listRate() {
        return sweeps == null ? 0 : requireNonNull(sweeps).number("rateCallsPerSecond");
    }

    long applications() {
        return sweeps == null ? 0 : requireNonNull(sweeps).count("applications");
    }

    /** When the sweep began that is the longest ago; null if there was none. */
    @Nullable
    Instant oldestSweepAt() {
        return sweeps == null ? null : requireNonNull(sweeps).time("oldestSweepAt");
    }
}
