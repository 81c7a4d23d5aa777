package io.sessionevents.preflight;

import java.util.List;

/** Looks at a part of the surroundings, and changes nothing there. */
@FunctionalInterface
public interface Check {

    /** One outcome for each thing that was looked at; blocks for some seconds at worst. Throws nothing for what it finds. */
    List<Outcome> outcomes() throws InterruptedException;
}
