package io.sessionevents.masking;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides what is shown as {@code ***}: the values of keys that name a secret, and in every other value and text the user
 * info and the query of URLs. Where it cannot tell where a secret ends, it hides more rather than less.
 */
public final class Secrets {
    public static final String MASK = "***";

    private static final Pattern SECRET_KEY = Pattern.compile(
            ".*(passw|passphrase|pwd|secret|token|credential|user\\.?info|jaas|private|signature|assertion|authoriz|cookie"
                    + "|header|api[._-]?key|access[._-]?key).*|.*[._]key|.*[._]pass");

    /** Names of classes, files and places, although the key sounds like a secret. */
    private static final Pattern PLAIN_KEY =
            Pattern.compile(".*(\\.source|\\.class|\\.file|\\.location|endpoint\\.url|\\.type|\\.algorithm"
                    + "|\\.(seconds|ms|factor|jitter|claim\\.name|enable))");

    private static final String SCHEME = "[a-zA-Z][a-zA-Z0-9+.-]*://";

    /** A comma separates URLs only where another URL begins: a password may hold commas. */
    private static final Pattern BETWEEN_URLS = Pattern.compile(",(?=\\s*" + SCHEME + ")");

    private static final Pattern USER_INFO = Pattern.compile("(?s)(?<scheme>\\s*" + SCHEME + ")?.*@");
    private static final Pattern QUERY = Pattern.compile("(?s)(?<=://)([^?]*\\?).*");

    /** What follows the scheme is no host with a port, so it is the beginning of a password that holds a comma. */
    private static final Pattern BROKEN_AUTHORITY =
            Pattern.compile("(?s)(" + SCHEME + ")(?!(\\[[0-9a-fA-F:.%]*]|[^:/?#@\\s\\[]*)(:\\d*)?([/?#].*)?\\s*$).*");

    private static final Pattern URL_IN_TEXT = Pattern.compile(SCHEME + "\\S*");

    private Secrets() {}

    /** The value of that key as it may be shown. */
    public static String mask(String key, String value) {
        return secret(key) ? MASK : urls(value);
    }

    /** Whether the key names a secret, so that nothing of its value may be shown. */
    public static boolean secret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET_KEY.matcher(lower).matches() && !PLAIN_KEY.matcher(lower).matches();
    }

    /** One or several URLs or addresses, separated by commas, without user info and query. */
    public static String urls(String value) {
        String[] items = BETWEEN_URLS.split(value, -1);
        for (int i = 0; i < items.length; i++) {
            items[i] = url(items[i]);
        }
        return String.join(",", items);
    }

    private static String url(String item) {
        return item.indexOf('@') < 0
                ? withoutQuery(BROKEN_AUTHORITY.matcher(item).replaceFirst("$1" + MASK))
                : withoutUser(item);
    }

    /** Up to the last {@code @}: a password that is not encoded may hold {@code @}, {@code /}, {@code :} and blanks. */
    private static String withoutUser(String item) {
        return withoutQuery(USER_INFO.matcher(item).replaceFirst("${scheme}" + MASK + "@"));
    }

    private static String withoutQuery(String item) {
        return QUERY.matcher(item).replaceFirst("$1" + MASK);
    }

    /** A text of any kind, the message of an exception for example, with the URLs in it made safe. */
    public static String text(String text) {
        return URL_IN_TEXT
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().indexOf('@') < 0 ? withoutQuery(found.group()) : urls(found.group())));
    }
}
