package io.sessionevents.session;

/**
 * Hears of every single attempt to list something, also of those that a retry makes good. Called on the thread of the call, so it must
 * be cheap and never block.
 */
public interface ListAttemptListener {
    /** Hears nothing. */
    ListAttemptListener NONE = new ListAttemptListener() {
        @Override
        public void sessions(Listing outcome) {}

        @Override
        public void applications(ApplicationListing outcome) {}
    };

    /** Both hear of it, the first one first. */
    static ListAttemptListener both(ListAttemptListener first, ListAttemptListener second) {
        return new ListAttemptListener() {
            @Override
            public void sessions(Listing outcome) {
                first.sessions(outcome);
                second.sessions(outcome);
            }

            @Override
            public void applications(ApplicationListing outcome) {
                first.applications(outcome);
                second.applications(outcome);
            }
        };
    }

    /** @param outcome of the attempt alone */
    void sessions(Listing outcome);

    /** @param outcome of the attempt alone */
    void applications(ApplicationListing outcome);
}
