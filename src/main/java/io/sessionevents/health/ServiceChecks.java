package io.sessionevents.health;

import io.sessionevents.health.Health.Check;
import java.util.List;

/** What a service that runs says of its health. */
public interface ServiceChecks {

    /** What nothing but a restart would fix. */
    List<Check> progressChecks();

    /** Whether it is at work. */
    Check streamsCheck();

    /** What depends on others, and what a restart would not fix. */
    List<Check> surroundingsChecks();
}
