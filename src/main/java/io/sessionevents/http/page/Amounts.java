package io.sessionevents.http.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Amounts that are billed, which come as decimal text. */
final class Amounts {
    private static final int PLACES = 3;
    private static final int LONGEST = 40;

    private Amounts() {}

    /** With three places, so that they stand below each other; what is no such number as it came, null as null. */
    static @Nullable String rounded(@Nullable String amount) {
        if (amount == null || amount.length() > LONGEST) {
            return amount;
        }
        try {
            var number = new BigDecimal(amount);
            return Math.abs((long) number.scale()) > LONGEST
                    ? amount
                    : number.setScale(PLACES, RoundingMode.HALF_UP).toPlainString();
        } catch (NumberFormatException e) {
            return amount;
        }
    }
}
