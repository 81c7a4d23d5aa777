package io.sessionevents.health;

import java.util.List;

/** What the service says of its health; asked anew for every request. */
public interface Health {

    /**
     * One thing that must be well.
     *
     * @param detail for people; never contains secrets
     */
    record Check(String name, boolean up, String detail) {}

    /** Whether the process works at all; if not, only a restart helps. */
    List<Check> live();

    /** Whether it has found everything that it needs to begin. */
    List<Check> started();

    /** Whether it is at work. */
    List<Check> ready();

    /** All of it, AWS and the consumer group included, which a restart would not fix. */
    List<Check> all();
}
