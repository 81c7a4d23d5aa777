package io.sessionevents.session;

import java.util.Map;

/** What this process sweeps. Asked by many threads, none of them a StreamThread. */
@FunctionalInterface
public interface SweptApplications {
    /** No sweeps. */
    SweptApplications NONE = Map::of;

    /** By name of the source, only those whose sweeps this process makes. */
    Map<String, SweepStatus> own();
}
