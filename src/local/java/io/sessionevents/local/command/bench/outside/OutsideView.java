package io.sessionevents.local.command.bench.outside;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The service as its operator sees it. */
public final class OutsideView {
    private static final int STARTS = 10;

    private OutsideView() {}

    /**
     * Measures everything in one run, and prints figures as they come and a table at the end.
     *
     * @param fresh sessions that are published at once to a service that has just started
     * @param sizes numbers of tracked sessions
     */
    public static void measure(Path directory, PrintWriter out, InstantSource clock, int fresh, List<Integer> sizes)
            throws IOException, InterruptedException {
        if (fresh > 0) {
            var starts = new Table(out);
            new Starts(starts, directory, clock, STARTS).measure();
            out.printf("%n%s%n", starts.markdown());
            var table = new Table(out);
            new ColdAndWarm(table, directory, clock, fresh).measure();
            out.printf("%n%s%n", table.markdown());
        }
        var bySize = new Table(out);
        for (int sessions : sizes) {
            new BySessions(bySize, directory, clock, sessions).measure();
        }
        out.printf("%n%s", bySize.markdown());
    }
}
