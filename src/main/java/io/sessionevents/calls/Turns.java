package io.sessionevents.calls;

import java.util.List;

/**
 * Whose turn it is among those that may be looked at: by turns of those that were asked for and those that were woken, so that neither
 * waits for many of the other, but each {@link #OTHERS_TURN}th time of all others, so that none starves. Not safe for use by
 * several threads.
 *
 * <p>Of those that were asked for, the one that waits longest and the newest one take turns: where a million is waiting, one that is
 * published now is looked at soon, and the million none the less in its order.
 */
final class Turns {
    static final int OTHERS_TURN = 8;

    private static final List<Turn> ASKED = List.of(Turn.ASKED, Turn.WOKEN, Turn.ORDINARY);
    private static final List<Turn> WOKEN = List.of(Turn.WOKEN, Turn.ASKED, Turn.ORDINARY);
    private static final List<Turn> OTHERS = List.of(Turn.ORDINARY, Turn.ASKED, Turn.WOKEN);

    private int taken;
    private boolean newest;

    /** Who goes first if there are such. */
    List<Turn> next() {
        taken = (taken + 1) % OTHERS_TURN;
        if (taken == 0) {
            return OTHERS;
        }
        return taken % 2 == 1 ? ASKED : WOKEN;
    }

    /** Whether it is the newest of those that were asked for, not the one that waits longest. */
    boolean newest() {
        newest = !newest;
        return newest;
    }
}
