package io.sessionevents.local.simulator;

import java.math.BigDecimal;
import java.util.random.RandomGenerator;

/** Decimal numbers as JSON may write them. */
record Decimals(RandomGenerator random) {
    private static final long LEAST_OF_15_DIGITS = 100_000_000_000_000L;

    /** One in any of the ways in which numbers are written. */
    String any() {
        return switch (random.nextInt(7)) {
            case 0 -> "0." + random.nextInt(1, 10);
            case 1 -> random.nextInt(1, 10) + "E-7";
            case 2 -> random.nextInt(1, 1_000) + ".000";
            case 3 -> "0";
            case 4 ->
                BigDecimal.valueOf(random.nextLong(LEAST_OF_15_DIGITS, 10 * LEAST_OF_15_DIGITS), 9)
                        .toPlainString();
            case 5 -> random.nextInt(1, 10) + "." + random.nextInt(10) + "e1";
            default -> Double.toString(random.nextDouble(100));
        };
    }

    /** A larger one. */
    String more(String text) {
        return new BigDecimal(text)
                .add(BigDecimal.valueOf(random.nextLong(1, 100_000), 4))
                .toString();
    }

    /** The same number, written in another way. */
    static String rewritten(String text) {
        BigDecimal number = new BigDecimal(text);
        return number.setScale(number.scale() + 2).toString();
    }
}
