package io.sessionevents.local.scenario;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;

/**
 * One run of anything: where it tells how it goes on, where its data and logs are, and what everything is drawn by.
 *
 * @param directory of its own
 */
public record Run(PrintWriter out, Path directory, long seed) {

    /** A line that tells how it goes on. */
    public void say(String text) {
        out.printf("%s  %s%n", Instant.now().toString().substring(11, 19), text);
        out.flush();
    }
}
