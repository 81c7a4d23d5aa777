package io.sessionevents.local.command.demo;

/** Numbers with what is counted. */
final class Counted {
    private Counted() {}

    /** Such as: 1 session, 2 sessions. */
    static String of(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
