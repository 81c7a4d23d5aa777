package io.sessionevents.calls;

/** Why a session may be looked at before others are that are due for longer. */
enum Turn {
    /** Its turn comes when it is due. */
    ORDINARY,
    /** Something of it is known to have changed since it was looked at. */
    WOKEN,
    /** It was never looked at, or somebody has asked for it. */
    ASKED;

    Turn or(Turn other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
