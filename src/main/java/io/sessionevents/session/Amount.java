package io.sessionevents.session;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A decimal number, digit by digit: a double cannot hold most decimals, and what is booked must add up.
 *
 * @param value nearest double of the text; finite
 * @param text as JSON writes numbers: {@code 0.1}, {@code 1E-7}, {@code 12.000}
 */
public record Amount(double value, String text) {
    /** A double needs 17 digits at most; 64 characters hold any number that is meant to be read. */
    static final int LONGEST_SENT = 64;

    /** The smallest double has 324 places. Two numbers whose exponents are billions apart would have a difference as long. */
    static final int MOST_PLACES = 400;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?");

    /** @throws IllegalArgumentException if the text is no number, or not that one */
    public Amount {
        if (!isNumber(text) || Double.parseDouble(text) != value) {
            throw new IllegalArgumentException(
                    "text: " + Quotes.quote(text) + ", expected a decimal number that is " + value);
        }
    }

    /** The shortest decimal that is that double. */
    public static Amount of(double value) {
        return new Amount(value, Double.toString(value));
    }

    /** @throws IllegalArgumentException if the text is no number */
    public static Amount parse(String text) {
        if (!isNumber(text)) {
            throw new IllegalArgumentException("text: " + Quotes.quote(text) + ", expected a decimal number");
        }
        return new Amount(Double.parseDouble(text), text);
    }

    /**
     * A number that was sent.
     *
     * @param value what the text was read as; finite
     * @param text null if it is not known. If it is, or is longer than any number that is meant to be read, the shortest
     *     decimal stands for it
     */
    public static Amount sent(double value, @Nullable String text) {
        return text != null
                        && text.length() <= LONGEST_SENT
                        && isNumber(text)
                        && Double.parseDouble(text) == value
                        && Math.abs((long) new BigDecimal(text).scale()) <= MOST_PLACES
                ? new Amount(value, text)
                : of(value);
    }

    public BigDecimal decimal() {
        return new BigDecimal(text);
    }

    /** Whether both are the same number, however it is written: {@code 12.0} is {@code 12.000}. */
    public boolean same(Amount other) {
        return decimal().compareTo(other.decimal()) == 0;
    }

    /** The exact difference, which may be negative; as it is if there is nothing to take away. */
    public Amount minus(@Nullable Amount before) {
        if (before == null) {
            return this;
        }
        BigDecimal difference = decimal().subtract(before.decimal());
        return new Amount(difference.doubleValue(), difference.toString());
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
    }
}
