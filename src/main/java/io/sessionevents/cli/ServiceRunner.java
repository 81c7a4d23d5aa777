package io.sessionevents.cli;

import io.sessionevents.settings.Configuration;
import java.io.IOException;

/** Runs the service until it is interrupted or fails. */
@FunctionalInterface
public interface ServiceRunner {

    /** The exit code. */
    int run(Configuration configuration, Interrupts interrupts) throws InterruptedException, IOException;
}
