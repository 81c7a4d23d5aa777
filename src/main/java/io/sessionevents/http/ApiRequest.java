package io.sessionevents.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request as a resource sees it.
 *
 * @param path the named parts of the path, decoded: each may hold anything
 * @param ownOnly whether to answer from this instance alone and to ask no other one
 */
record ApiRequest(Map<String, String> path, Query query, boolean ownOnly) {
    /** The header by which one instance asks another; a request with it is never passed on. */
    static final String SCOPE_HEADER = "Session-Events-Scope";

    static final String SCOPE = "scope";
    static final String LOCAL = "local";

    /**
     * Decodes the path, of which a client may encode every character, and reads the scope from the header or the parameter.
     *
     * @param path as sent
     * @throws BadRequestException if the path cannot be decoded, or the scope is neither absent nor local
     */
    static ApiRequest of(Map<String, String> path, Query query, @Nullable String scopeHeader) {
        String scope = scopeHeader == null ? query.one(SCOPE) : scopeHeader;
        if (scope != null && !scope.equals(LOCAL)) {
            throw new BadRequestException("The scope is " + Query.quote(scope) + ", expected local or none.");
        }
        Map<String, String> decoded = new LinkedHashMap<>();
        // In a path, unlike in a query, a plus sign is one.
        path.forEach((name, part) -> decoded.put(name, Query.decoded(part.replace("+", "%2B"))));
        return new ApiRequest(decoded, query, scope != null);
    }

    /** The part of the path with that name. */
    String part(String name) {
        return Objects.requireNonNull(path.get(name), name);
    }
}
