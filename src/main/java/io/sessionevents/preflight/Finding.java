package io.sessionevents.preflight;

/**
 * Something that is not as the service needs it.
 *
 * @param what is wrong, in one sentence
 * @param fix the command or the setting that fixes it; empty if the sentence says it
 */
public record Finding(String what, String fix, Gravity gravity) {

    /** What it means for the service. */
    public enum Gravity {
        /** It cannot start, and waiting does not help. */
        STOPS,
        /** It cannot start yet: a server does not answer, for example. */
        MAY_PASS,
        /** It can start, but somebody should have a look. */
        WARNS
    }

    /** Both in one line. */
    public String text() {
        return fix.isEmpty() ? what : what + " " + fix;
    }

    static Finding stops(String what, String fix) {
        return new Finding(what, fix, Gravity.STOPS);
    }

    static Finding mayPass(String what, String fix) {
        return new Finding(what, fix, Gravity.MAY_PASS);
    }

    static Finding warns(String what, String fix) {
        return new Finding(what, fix, Gravity.WARNS);
    }

    /** Whether it keeps the service from starting. */
    public boolean keepsFromStarting() {
        return gravity != Gravity.WARNS;
    }

    /** Whether it may fix itself, as a server that does not answer yet. */
    public boolean mayPass() {
        return gravity == Gravity.MAY_PASS;
    }
}
