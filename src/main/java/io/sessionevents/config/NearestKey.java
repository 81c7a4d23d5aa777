package io.sessionevents.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Stream;

/** Finds the known key that a mistyped one was meant to be. */
final class NearestKey {
    private NearestKey() {}

    static String of(String mistyped) {
        return of(
                mistyped,
                Stream.concat(Settings.ALL.stream().map(Setting::name), Settings.REGISTRY_KEYS.stream())
                        .toList());
    }

    static String of(String mistyped, Collection<String> known) {
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
