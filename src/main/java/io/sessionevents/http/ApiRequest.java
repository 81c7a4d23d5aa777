package io.sessionevents.http;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request as a resource sees it.
 *
 * @param path the named parts of the path; not decoded, never with a slash
 * @param ownOnly whether to answer from this instance alone and to ask no other one
 */
record ApiRequest(Map<String, String> path, Query query, boolean ownOnly) {
    /** The header by which one instance asks another; a request with it is never passed on. */
    static final String SCOPE_HEADER = "Session-Events-Scope";

    static final String SCOPE = "scope";
    static final String LOCAL = "local";

    /**
     * Reads the scope from the header or the parameter.
     *
     * @throws BadRequestException if it is neither absent nor local
     */
    static ApiRequest of(Map<String, String> path, Query query, @Nullable String scopeHeader) {
        String scope = scopeHeader == null ? query.one(SCOPE) : scopeHeader;
        if (scope != null && !scope.equals(LOCAL)) {
            throw new BadRequestException("The scope is " + Query.quote(scope) + ", expected local or none.");
        }
        return new ApiRequest(path, query, scope != null);
    }

    /** The part of the path with that name. */
    String part(String name) {
        return Objects.requireNonNull(path.get(name), name);
    }
}
