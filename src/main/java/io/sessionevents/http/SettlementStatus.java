package io.sessionevents.http;

import io.sessionevents.session.Settlement;
import java.util.Locale;

/**
 * What was told of the usage of an ended session. Whether the first record said settled or unsettled is in that record alone, and
 * not kept.
 */
enum SettlementStatus {
    /** Nothing yet: it is looked at. */
    SETTLING,
    /** A record, which a look that follows may correct. */
    TOLD,
    /** Nothing, and no look follows: none has found the session since it was to be settled. */
    UNTOLD;

    static SettlementStatus of(Settlement settlement) {
        if (settlement.revision() > 0) {
            return TOLD;
        }
        return settlement.closed() ? UNTOLD : SETTLING;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
