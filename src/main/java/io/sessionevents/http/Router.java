package io.sessionevents.http;

import io.sessionevents.health.UnavailableException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request, and turns what goes wrong into problems that tell nothing of the inside. */
public final class Router {
    /** Longest path, in bytes. */
    static final int LONGEST_PATH = 1024;

    /** Longest query, in bytes. */
    static final int LONGEST_QUERY = 2048;

    private static final Logger log = LoggerFactory.getLogger(Router.class);

    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** The patterns of all paths, sorted. */
    List<String> patterns() {
        return routes.stream().map(Route::pattern).sorted().toList();
    }

    /**
     * Answers a request that has no body.
     *
     * @param path as sent, not decoded
     * @param query as sent; null if there is none
     * @param scope the header {@link ApiRequest#SCOPE_HEADER}; null if there is none
     */
    HttpAnswer answer(String method, String path, @Nullable String query, @Nullable String scope) {
        if (path.length() > LONGEST_PATH || (query != null && query.length() > LONGEST_QUERY)) {
            return HttpAnswer.problem(
                    414,
                    "URI too long",
                    "Expected a path of at most " + LONGEST_PATH + " bytes and a query of at most " + LONGEST_QUERY
                            + ".");
        }
        for (Route route : routes) {
            Map<String, String> parts = route.match(path);
            if (parts != null) {
                return method.equals("GET") || method.equals("HEAD")
                        ? answer(route, parts, query, scope)
                        : HttpAnswer.problem(405, "Method not allowed", "Only GET and HEAD are.")
                                .with("Allow", "GET, HEAD");
            }
        }
        return HttpAnswer.notFound("There are " + String.join(", ", patterns()) + ".");
    }

    private static HttpAnswer answer(
            Route route, Map<String, String> parts, @Nullable String query, @Nullable String scope) {
        try {
            return route.handler().answer(ApiRequest.of(parts, Query.parse(query), scope));
        } catch (BadRequestException e) {
            return HttpAnswer.badRequest(String.valueOf(e.getMessage()));
        } catch (UnavailableException e) {
            return HttpAnswer.unavailable(String.valueOf(e.getMessage()), e.again());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpAnswer.problem(503, "Service unavailable", "The service ends.");
        } catch (RuntimeException e) {
            log.atError().addKeyValue("route", route.pattern()).setCause(e).log("A request could not be answered");
            return HttpAnswer.problem(500, "Internal server error", "The log of the service says more.");
        }
    }
}
