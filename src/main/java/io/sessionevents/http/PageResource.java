package io.sessionevents.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.health.UnavailableException;
import io.sessionevents.http.page.Filter;
import io.sessionevents.http.page.PageFile;
import io.sessionevents.http.page.Pages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page: three views of what the resources of the API answer. Whatever is asked, and by however many, the same is asked of them
 * once in two seconds.
 */
final class PageResource {
    static final String NOW = "/";
    static final String SESSIONS = "/sessions";
    static final String SESSION = "/sessions/{applicationId}/{sessionId}";

    /** All that makes the page comes from this origin, and nothing leads elsewhere. */
    static final Map<String, String> GUARDS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "private, no-cache");

    /** When what a page shows was gathered: to a browser that has the same page already, this alone is told. */
    static final String AS_OF = "Session-Events-As-Of";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration GOOD = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** Pages that are remembered; a page may have a hundred sessions or a thousand changes, with values of some length. */
    private static final int MOST = 16;

    private static final List<String> NONE = List.of();
    private static final List<String> PARAMETERS = List.of(
            SessionSelection.SOURCE,
            SessionSelection.APPLICATION,
            SessionSelection.STATE,
            SessionSelection.STATUS,
            SessionSelection.SORT,
            SessionSelection.AFTER);

    private static final String HTML = "text/html; charset=utf-8";

    private final Route.Handler instances;
    private final Route.Handler sessions;
    private final Route.Handler session;
    private final Route.Handler history;
    private final Remembered<JsonNode> fleet;
    private final Remembered<HttpAnswer> pages;

    /** What the views show: the resources of that name of the API. */
    PageResource(
            Route.Handler instances,
            Route.Handler sessions,
            Route.Handler session,
            Route.Handler history,
            InstantSource clock) {
        this.instances = instances;
        this.sessions = sessions;
        this.session = session;
        this.history = history;
        fleet = new Remembered<>(clock, GOOD, 1);
        pages = new Remembered<>(clock, GOOD, MOST);
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(new Route(NOW, call -> page(NOW, call, this::now)));
        routes.add(new Route(SESSIONS, call -> page(SESSIONS, call, this::sessions)));
        routes.add(new Route(SESSION, call -> page(SESSIONS + "/" + key(call), call, this::session)));
        PageFile.ALL.forEach(file -> routes.add(new Route(file.path(), call -> file(file))));
        return routes;
    }

    /** Makes a page of what is so at that time. */
    @FunctionalInterface
    private interface View {
        Pages.Page page(ApiRequest call, Instant at) throws InterruptedException;
    }

    /** Of the whole fleet always, whatever scope the request has: the answer is for all who ask. */
    private HttpAnswer page(String path, ApiRequest asked, View view) throws InterruptedException {
        var call = new ApiRequest(asked.path(), asked.query().withoutEmpty(), false);
        return pages.get(path + call.query().parameters(), at -> answer(path, call, view, at));
    }

    /** What the API says as a problem, this says as a page. */
    private static HttpAnswer answer(String path, ApiRequest call, View view, Instant at) throws InterruptedException {
        try {
            return html(200, view.page(call, at), at);
        } catch (BadRequestException e) {
            return html(400, Pages.message("That cannot be shown", String.valueOf(e.getMessage()), path, at), at);
        } catch (UnknownException e) {
            return html(404, Pages.message("Unknown session", String.valueOf(e.getMessage()), path, at), at);
        } catch (UnavailableException e) {
            return html(503, Pages.message("Not now", String.valueOf(e.getMessage()), path, at), at)
                    .with("Retry-After", Long.toString(e.again().toSeconds()));
        }
    }

    private static HttpAnswer html(int status, Pages.Page page, Instant at) {
        return new HttpAnswer(status, HTML, page.html(), GUARDS)
                .with(AS_OF, at.toString())
                .with(HttpAnswer.ETAG, "W/\"" + page.version() + "\"");
    }

    private static HttpAnswer file(PageFile file) {
        return new HttpAnswer(200, file.type(), file.content(), GUARDS)
                .with(HttpAnswer.ETAG, "\"" + file.version() + "\"");
    }

    private Pages.Page now(ApiRequest call, Instant at) throws InterruptedException {
        call.query().expect(NONE);
        return Pages.now(fleet(), at);
    }

    private Pages.Page sessions(ApiRequest call, Instant at) throws InterruptedException {
        call.query().expect(PARAMETERS);
        JsonNode list = read(sessions.answer(call));
        var selection = SessionSelection.of(call.query());
        return Pages.sessions(list, filter(selection), next(list), fleet(), at);
    }

    /** The history is there while nobody can say how the session stands, and the other way round. */
    private Pages.Page session(ApiRequest call, Instant at) throws InterruptedException {
        call.query().expect(NONE);
        String key = key(call);
        List<String> missing = new ArrayList<>();
        JsonNode kept = found(session, call, missing);
        JsonNode told = found(history, call, missing);
        if (kept != null || told != null) {
            return Pages.session(key, kept, told, missing, at);
        }
        if (missing.isEmpty()) {
            throw new UnknownException(key);
        }
        throw new UnavailableException(String.join(" ", missing), AGAIN);
    }

    /**
     * What was answered; null if nothing is known of the session, or nobody can say.
     *
     * @param missing gets why nobody can say
     */
    private static @Nullable JsonNode found(Route.Handler handler, ApiRequest call, List<String> missing)
            throws InterruptedException {
        try {
            HttpAnswer answer = handler.answer(call);
            return answer.status() == 200 ? read(answer) : null;
        } catch (UnavailableException e) {
            missing.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Nobody has ever heard of that session, or it is forgotten. */
    private static final class UnknownException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownException(String key) {
            super("Nothing is known of the session " + key
                    + ": it was never published, or its events are deleted by now.");
        }
    }

    private JsonNode fleet() throws InterruptedException {
        return fleet.get("", now -> read(instances.answer(new ApiRequest(Map.of(), Query.EMPTY, false))));
    }

    private static JsonNode read(HttpAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API answers JSON", e);
        }
    }

    /** As it is in the path; checked by whoever answers for the session. */
    private static String key(ApiRequest call) {
        return call.part("applicationId") + "/" + call.part("sessionId");
    }

    /** Where the page behind this one begins; null if there is none. */
    private static @Nullable String next(JsonNode list) {
        String next = list.path("next").textValue();
        return next == null
                ? null
                : Query.parse(next.substring(next.indexOf('?') + 1)).one(SessionSelection.AFTER);
    }

    private static Filter filter(SessionSelection selection) {
        return new Filter(
                selection.source(),
                selection.applicationId(),
                selection.states().stream().map(Enum::name).collect(Collectors.toSet()),
                selection.status() == null ? null : selection.status().text(),
                selection.order().text(),
                selection.after() == null ? null : selection.after().toString());
    }
}
