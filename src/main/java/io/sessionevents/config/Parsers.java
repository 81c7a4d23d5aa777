package io.sessionevents.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From text to values; each throws {@link IllegalArgumentException} for text that is none. */
public final class Parsers {
    /** What a duration looks like. */
    public static final String DURATION_TEXT = "a duration such as 5 s, 200 ms, 7 d, from 1 ms to 3650 d";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|min|h|d)");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:[a-zA-Z0-9.-]{1,253}|\\[[0-9a-fA-F:.]{2,45}]):(\\d{1,5})");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final String HOST = "(?:[a-zA-Z0-9._-]{1,253}|\\[[0-9a-fA-F:.]{2,45}(?:%[a-zA-Z0-9]+)?])";

    /** A password that holds {@code /} or {@code @} would end up in the host's place, and so in messages. */
    private static final Pattern HTTP_URL =
            Pattern.compile("https?://(?:[^/?#@\\s]*@)?" + HOST + "(?::(\\d{1,5}))?(?:/[^?#@\\s]*)?");

    /** As Kafka takes them, a protocol before them included. */
    private static final Pattern BROKER = Pattern.compile("(?:[a-zA-Z0-9._-]+://)?" + HOST + ":(\\d{1,5})");

    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private Parsers() {}

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            Duration unit = requireNonNull(UNITS.get(matcher.group(2)));
            return unit.multipliedBy(Long.parseLong(matcher.group(1)));
        }
        try {
            return Duration.parse(text.strip());
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** From a millisecond, which is as fine as time-outs are, to ten years, which every unit of time can hold. */
    public static Duration positiveDuration(String text) {
        Duration duration = duration(text);
        check(duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0);
        return duration;
    }

    public static Function<String, Integer> integer(int least, int most) {
        return text -> {
            int number = Integer.parseInt(text.strip());
            check(number >= least && number <= most);
            return number;
        };
    }

    public static Function<String, Double> number(double least, double most) {
        return text -> {
            double number = Double.parseDouble(text.strip());
            check(number >= least && number <= most);
            return number;
        };
    }

    /** One or more, separated by commas. */
    public static <T> Function<String, List<T>> each(Function<String, T> one) {
        return text -> Stream.of(text.split(",", -1)).map(one).toList();
    }

    /** Constants in lower case with hyphens. */
    public static <E extends Enum<E>> Function<String, E> constant(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Boolean bool(String text) {
        check(text.strip().equals("true") || text.strip().equals("false"));
        return Boolean.valueOf(text.strip());
    }

    public static String topic(String text) {
        check(TOPIC.matcher(text).matches() && !text.equals(".") && !text.equals(".."));
        return text;
    }

    public static String text(String text) {
        check(!text.isBlank());
        return text.strip();
    }

    public static String accountId(String text) {
        check(text.strip().matches("[0-9]{12}"));
        return text.strip();
    }

    /** Without user info or query: requests are signed, and secrets would end up in messages. */
    public static URI httpUri(String text) {
        URI uri = URI.create(text.strip());
        check(uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())));
        check(text.indexOf('@') < 0 && uri.getQuery() == null);
        return uri;
    }

    public static String httpUrls(String text) {
        return each(text, HTTP_URL);
    }

    public static String brokers(String text) {
        return each(text, BROKER);
    }

    /** Those between commas; ports are the first group. */
    private static String each(String text, Pattern one) {
        check(!text.isBlank());
        for (String item : text.split(",", -1)) {
            Matcher matcher = one.matcher(item.strip());
            check(matcher.matches());
            check(matcher.group(1) == null || port(matcher.group(1)));
        }
        return text.strip();
    }

    private static boolean port(String text) {
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535;
    }

    /** A host and a port, not more: it becomes a part of URLs. */
    public static String hostAndPort(String text) {
        Matcher matcher = HOST_AND_PORT.matcher(text.strip());
        check(matcher.matches());
        check(port(matcher.group(1)));
        return text.strip();
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}
