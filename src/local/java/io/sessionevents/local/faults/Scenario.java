package io.sessionevents.local.faults;

import io.sessionevents.local.emr.Faults;
import io.sessionevents.local.faults.World.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One kind of fault, tried again and again on one world.
 *
 * @param name of the fault, for people
 * @param strikes how often
 * @param disturbs whether no session can be looked at from the strike until all is well again
 * @param setting of the world
 * @param from the distribution that the instances are started from
 */
public record Scenario(
        String name, int strikes, boolean disturbs, Setting setting, Path from, Supplier<Injector> injector) {
    private static final int CROWD = 100;

    /**
     * What is tried, the longest first. What would take too long on one world comes several times under one name.
     *
     * @param size whether a short run is wanted, of a minute or two, or the long one
     * @param home the distribution that is tried
     * @param previous the distribution to upgrade from; null if there is none
     * @param canMount whether file systems of our own can be mounted
     */
    static List<Scenario> all(Size size, Path home, @Nullable Path previous, boolean canMount) {
        List<Scenario> all = new ArrayList<>();
        for (int part = 0; part < size.of(1, 2); part++) {
            all.add(new Scenario(
                    "rolling restart of 2 (SIGTERM), 100 calls in flight",
                    size.of(1, 50),
                    true,
                    Setting.CROWDED,
                    home,
                    () -> new InstanceFaults.RollingRestart(CROWD)));
        }
        for (int part = 0; part < size.of(1, 2); part++) {
            all.add(new Scenario(
                    "kill -9 of 2 of 3, started again at once",
                    size.of(1, 45),
                    true,
                    Setting.STATIC,
                    home,
                    InstanceFaults.KillAndRestart::new));
        }
        all.add(new Scenario(
                "2 of 3 frozen for 45 s (SIGSTOP, SIGCONT)",
                size.of(1, 16),
                true,
                Setting.USUAL,
                home,
                InstanceFaults.Freeze::new));
        all.add(new Scenario(
                "2 instances added and removed, 100 calls in flight",
                size.of(1, 10),
                true,
                Setting.CROWDED,
                home,
                () -> new InstanceFaults.Resize(CROWD)));
        all.add(new Scenario(
                "kill -9 of 1 of 3, the others take over",
                size.of(1, 22),
                true,
                Setting.USUAL,
                home,
                InstanceFaults.Kill::new));
        all.add(new Scenario(
                "one of 3 brokers stopped",
                size.of(1, 20),
                true,
                Setting.CLUSTER,
                home,
                () -> new SurroundingFaults.BrokerGone(false)));
        all.add(new Scenario(
                "one of 3 brokers killed",
                size.of(1, 20),
                true,
                Setting.CLUSTER,
                home,
                () -> new SurroundingFaults.BrokerGone(true)));
        var outage = Duration.ofSeconds(size.of(15, 70));
        all.add(new Scenario(
                "all brokers down for %d s".formatted(outage.toSeconds()),
                size.of(1, 5),
                true,
                Setting.CLUSTER,
                home,
                () -> new SurroundingFaults.AllBrokersGone(outage)));
        int endless = size.of(3, 60);
        all.add(new Scenario(
                "calls of 12 s, 60 s and without end",
                1,
                false,
                Setting.patient(Faults.NONE, Duration.ofSeconds(size.of(35, 75))),
                home,
                () -> new SurroundingFaults.SlowCalls(endless)));
        all.add(new Scenario(
                "state directory deleted", size.of(1, 5), true, Setting.USUAL, home, StateFaults.Deleted::new));
        if (canMount) {
            all.add(new Scenario(
                    "state directory read-only", size.of(1, 5), true, Setting.USUAL, home, StateFaults.ReadOnly::new));
            all.add(new Scenario(
                    "state directory full", size.of(1, 5), true, Setting.USUAL, home, StateFaults.Full::new));
        }
        var away = Duration.ofSeconds(size.of(5, 30));
        all.add(new Scenario(
                "no schema registry for %d s".formatted(away.toSeconds()),
                size.of(1, 5),
                false,
                Setting.USUAL,
                home,
                () -> new SurroundingFaults.NoRegistry(away)));
        if (previous != null) {
            all.add(new Scenario(
                    "upgrade from the previous commit",
                    1,
                    true,
                    Setting.USUAL,
                    previous,
                    () -> new InstanceFaults.Upgrade(home)));
        }
        all.add(new Scenario(
                "none, to compare with", size.of(1, 10), false, Setting.USUAL, home, SurroundingFaults.Nothing::new));
        return all;
    }

    /** How long a run is. */
    public enum Size {
        SHORT,
        LONG;

        int of(int ifShort, int ifLong) {
            return this == SHORT ? ifShort : ifLong;
        }
    }
}
