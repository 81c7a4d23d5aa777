package io.sessionevents.session;

import org.jspecify.annotations.Nullable;

/**
 * One page of the applications of a source, fifty at most.
 *
 * @param nextToken that the page before ended with; null: the first page
 */
public record ApplicationsQuery(@Nullable String nextToken) {}
