package io.sessionevents.cli;

/** Tells a command that it was interrupted, by Ctrl-C or by a signal to end. */
@FunctionalInterface
public interface Interrupts {

    /** Runs the action when the process is asked to end; it must bring the command to return soon. */
    void onInterrupt(Runnable action);
}
