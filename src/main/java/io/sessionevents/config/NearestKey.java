package io.sessionevents.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known key that a mistyped one was meant to be. */
public final class NearestKey {
    private NearestKey() {}

    /** The known one with the fewest letters of difference. */
    public static String of(String mistyped, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(key -> distance(key, mistyped))
                        .thenComparing(key -> key))
                .orElseThrow();
    }

    /** Levenshtein's edit distance, one row at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
