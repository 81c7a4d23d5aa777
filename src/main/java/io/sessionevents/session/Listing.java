package io.sessionevents.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of asking for one page of the sessions of an application, after its retries. Handled by {@code switch} without {@code default}. */
public sealed interface Listing permits Listing.Page, Failure {

    /**
     * AWS returned a page.
     *
     * @param sessions in the order of the page; the same one may be there twice
     * @param unreadable how many items could not be read; they are left out
     * @param nextToken where the next page begins; null: AWS says that there is none, which proves nothing
     */
    record Page(
            List<SessionSummary> sessions,
            int unreadable,
            @Nullable String nextToken) implements Listing {
        public Page {
            sessions = List.copyOf(sessions);
        }
    }
}
