package io.sessionevents.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One page of the sessions of an application, fifty at most.
 *
 * @param living whether only sessions that have not ended are asked for: the six live states
 * @param createdAfter sessions that were created before are left out; null: none
 * @param nextToken that the page before ended with; null: the first page
 */
public record ListingQuery(
        ApplicationKey application,
        boolean living,
        @Nullable Instant createdAfter,
        @Nullable String nextToken) {

    /** The page behind this one. */
    public ListingQuery next(String token) {
        return new ListingQuery(application, living, createdAfter, token);
    }
}
