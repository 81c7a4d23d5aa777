package io.sessionevents.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Decides what is shown as {@code ***}. */
public final class Secrets {
    public static final String MASK = "***";

    private static final Pattern SECRET_KEY = Pattern.compile(
            ".*(password|passwd|secret|token|credential|user\\.info|jaas|keystore\\.key|private\\.key|api\\.key).*");
    private static final Pattern PLAIN_KEY = Pattern.compile(".*(source|class|endpoint\\.url|callback\\.handler.*)");
    private static final Pattern USER_IN_URL = Pattern.compile("(?<=://)[^/@\\s]*@");

    private Secrets() {}

    /** The value as it may be shown. */
    public static String mask(String key, String value) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (SECRET_KEY.matcher(lower).matches() && !PLAIN_KEY.matcher(lower).matches()) {
            return MASK;
        }
        return USER_IN_URL.matcher(value).replaceAll(MASK + "@");
    }
}
