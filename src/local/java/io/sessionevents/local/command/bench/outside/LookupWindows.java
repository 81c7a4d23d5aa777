package io.sessionevents.local.command.bench.outside;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Lookups of a service in several windows of time.
 *
 * @param perSecond lookups
 * @param millisEach CPU time of the service for each of them, whatever it is spent on
 */
record LookupWindows(Spread perSecond, Spread millisEach) {
    static LookupWindows of(MeasuredService service, int windows, Duration window)
            throws IOException, InterruptedException {
        List<Double> perSecond = new ArrayList<>();
        List<Double> millisEach = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            double before = service.lookups();
            Duration busy = service.cpu();
            long begin = System.nanoTime();
            Poll.pause(window);
            double used = service.cpu().minus(busy).toMillis();
            double lookups = service.lookups() - before;
            perSecond.add(lookups / ((System.nanoTime() - begin) / 1e9));
            millisEach.add(used / lookups);
        }
        return new LookupWindows(new Spread(perSecond), new Spread(millisEach));
    }
}
