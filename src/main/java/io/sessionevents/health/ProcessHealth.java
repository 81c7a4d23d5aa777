package io.sessionevents.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The health of a process, from its first check of the surroundings on. Safe for use by many threads. */
public final class ProcessHealth implements Health {
    private static final Check ALIVE = new Check("process", true, "answers");
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private volatile ProcessState state = ProcessState.Starting.FIRST;

    /** Something keeps the service from starting. */
    public synchronized void waitsFor(List<String> obstacles) {
        if (state instanceof ProcessState.Starting starting) {
            state = starting.waitsFor(obstacles);
        }
    }

    /** The service is there. */
    public synchronized void starts(ServiceChecks service) {
        if (state instanceof ProcessState.Starting starting) {
            state = starting.starts(service);
        }
    }

    /** The service ends. */
    public synchronized void stops() {
        if (state instanceof ProcessState.Running running) {
            state = running.stops();
        }
    }

    /** What a question is answered with that only the service could answer, before there is one. */
    public UnavailableException notStarted() {
        return new UnavailableException("The service starts: " + state.start().detail() + ".", AGAIN);
    }

    @Override
    public List<Check> live() {
        return together(List.of(ALIVE), state.progress());
    }

    @Override
    public List<Check> started() {
        return List.of(state.start());
    }

    @Override
    public List<Check> ready() {
        ProcessState now = state;
        return together(List.of(now.start()), now.work());
    }

    @Override
    public List<Check> all() {
        ProcessState now = state;
        return together(together(List.of(now.start()), now.work()), now.surroundings());
    }

    private static List<Check> together(List<Check> some, List<Check> others) {
        List<Check> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
