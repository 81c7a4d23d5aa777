package io.sessionevents.http.page;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the view of sessions was asked for, as it stands in the URL.
 *
 * @param source null for any
 * @param applicationId null for any
 * @param states names of them; none for any
 * @param status null for any
 * @param sort see {@code /api/v1/sessions}
 * @param after null for the first page
 */
public record Filter(
        @Nullable String source,
        @Nullable String applicationId,
        Set<String> states,
        @Nullable String status,
        String sort,
        @Nullable String after) {

    /** The order that is not written into the URL. */
    public static final String USUAL_SORT = "key";

    public Filter {
        states = Set.copyOf(states);
    }

    /** Whether all sessions are asked for. */
    boolean none() {
        return source == null && applicationId == null && states.isEmpty() && status == null;
    }

    /** Where this is shown. */
    Address address() {
        Address address = Address.of("/sessions").with("source", source).with("applicationId", applicationId);
        for (String state : new TreeSet<>(states)) {
            address = address.with("state", state);
        }
        return address.with("status", status)
                .with("sort", sort.equals(USUAL_SORT) ? null : sort)
                .with("after", after);
    }

    /** The first page of the same in another order. */
    Filter sorted(String by) {
        return new Filter(source, applicationId, states, status, by, null);
    }

    /** The page behind that place. */
    Filter behind(@Nullable String place) {
        return new Filter(source, applicationId, states, status, sort, place);
    }
}
