package io.sessionevents.http;

import io.sessionevents.health.UnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pattern of paths, and who answers them. In a pattern {@code {name}} stands for one part or the rest of one. */
final class Route {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)}");

    private final String pattern;
    private final Handler handler;
    private final Pattern compiled;
    private final List<String> names = new ArrayList<>();

    /** Answers requests; used by many threads. */
    @FunctionalInterface
    interface Handler {
        /**
         * Answers one.
         *
         * @throws BadRequestException if the request is wrong
         * @throws UnavailableException if it can be answered later only
         */
        HttpAnswer answer(ApiRequest call) throws InterruptedException;
    }

    Route(String pattern, Handler handler) {
        this.pattern = pattern;
        this.handler = handler;
        this.compiled = compile();
    }

    String pattern() {
        return pattern;
    }

    Handler handler() {
        return handler;
    }

    /** The named parts of the path; null if it is not one of this route. */
    @Nullable
    Map<String, String> match(String path) {
        Matcher matcher = compiled.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            parts.put(names.get(i), matcher.group(i + 1));
        }
        return parts;
    }

    private Pattern compile() {
        var regex = new StringBuilder();
        Matcher variable = VARIABLE.matcher(pattern);
        int end = 0;
        while (variable.find()) {
            regex.append(Pattern.quote(pattern.substring(end, variable.start())))
                    .append("([^/]+)");
            names.add(variable.group(1));
            end = variable.end();
        }
        return Pattern.compile(
                regex.append(Pattern.quote(pattern.substring(end))).toString());
    }
}
