package io.sessionevents.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of asking for one page of the applications of a source, after its retries. Handled by {@code switch} without {@code default}. */
public sealed interface ApplicationListing permits ApplicationListing.Page, Failure {

    /**
     * AWS returned a page.
     *
     * @param applications in the order of the page
     * @param unreadable how many items could not be read; they are left out
     * @param nextToken where the next page begins; null: AWS says that there is none
     */
    record Page(
            List<ApplicationKey> applications,
            int unreadable,
            @Nullable String nextToken) implements ApplicationListing {
        public Page {
            applications = List.copyOf(applications);
        }
    }
}
