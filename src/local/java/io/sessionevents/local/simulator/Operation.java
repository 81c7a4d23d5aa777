package io.sessionevents.local.simulator;

import java.util.Optional;

/** What AWS can be asked, each within a quota of its own. */
public enum Operation {
    GET_SESSION("GetSession"),
    LIST_SESSIONS("ListSessions"),
    LIST_APPLICATIONS("ListApplications");

    private final String awsName;

    Operation(String awsName) {
        this.awsName = awsName;
    }

    /** As it stands in policies. */
    public String awsName() {
        return awsName;
    }

    /** Which of the two lists is at that path; empty if none is. */
    static Optional<Operation> list(String path) {
        if (path.matches("/applications/?")) {
            return Optional.of(LIST_APPLICATIONS);
        }
        return path.matches("/applications/[^/]+/sessions/?") ? Optional.of(LIST_SESSIONS) : Optional.empty();
    }
}
