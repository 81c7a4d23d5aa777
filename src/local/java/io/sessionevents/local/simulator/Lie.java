package io.sessionevents.local.simulator;

/** In what ways a list can be wrong, each of which somebody has met. */
public enum Lie {
    /** From a replica that lags behind: every item as it was one state ago, with that {@code updatedAt}. */
    STALE_PAGE,
    /** One that is there is not listed. */
    ITEM_MISSING,
    ITEM_TWICE,
    /** Half of a page, perhaps nothing at all, and a token for the rest. */
    SHORT_PAGE_WITH_TOKEN,
    /** A part of a page, and no token for the rest. */
    NO_TOKEN_THOUGH_MORE,
    /** One item that no one can read. */
    MALFORMED_ITEM,
    /** The third page is not to be had. */
    THIRD_PAGE_503,
    /** One item as it was one state before what GetSession answered last. */
    OLD_SUMMARY,
    /** One item of a session that AWS does not know when it is asked for it. */
    GHOST_ITEM,
    /** The caller may not list. */
    REFUSED
}
