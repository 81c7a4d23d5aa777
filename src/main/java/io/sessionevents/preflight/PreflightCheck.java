package io.sessionevents.preflight;

import java.util.List;

/** Checks one thing that the service needs, and changes nothing. */
@FunctionalInterface
public interface PreflightCheck {

    /** One outcome for each thing that was looked at; blocks for some seconds at worst. Throws nothing for what it finds. */
    List<CheckOutcome> outcomes() throws InterruptedException;
}
