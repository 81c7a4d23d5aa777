package io.sessionevents.local.command.faults;

import io.sessionevents.local.scenario.GracefulFaults;
import io.sessionevents.local.scenario.Injector;
import io.sessionevents.local.scenario.InstanceFaults;
import io.sessionevents.local.scenario.Scenario;
import io.sessionevents.local.scenario.StateFaults;
import io.sessionevents.local.scenario.SurroundingFaults;
import io.sessionevents.local.scenario.Testbed.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lists of faults that are tried. */
final class FaultScenarios {
    private static final int CROWD = 100;
    private static final int FEW = 20;

    /** Longer than a transaction may be open. */
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(35);

    /** Longer than the slowest answer. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(75);

    /** Instances in a short run. */
    private static final int FEWER = 2;

    /** Needs the previous distribution, which takes a minute to build. */
    static final String UPGRADE = "upgrade from the previous commit";

    private FaultScenarios() {}

    /** How long a run is. */
    enum Size {
        /** Every kind of fault once, in two or three minutes. */
        SHORT,
        /** Hundreds of faults, in about an hour. */
        LONG
    }

    /**
     * The distributions and the machine that faults are tried on.
     *
     * @param home the distribution that is tried
     * @param previous the one to upgrade from; null if there is none, or no upgrade is tried
     * @param canMount whether file systems of our own can be mounted
     */
    record Subject(Path home, @Nullable Path previous, boolean canMount) {}

    /** What is tried. */
    static List<Scenario> all(Size size, Subject subject) {
        return size == Size.SHORT ? shortOnes(subject) : longOnes(subject);
    }

    /** Several kinds on each world, so that there are few worlds to make. */
    private static List<Scenario> shortOnes(Subject subject) {
        Path home = subject.home();
        List<Supplier<? extends Injector>> context = new ArrayList<>();
        context.add(() -> new SurroundingFaults.SlowCalls(3));
        context.add(() -> new SurroundingFaults.NoRegistry(Duration.ofSeconds(5)));
        context.add(InstanceFaults.KillAndRestart::new);
        context.add(StateFaults.Deleted::new);
        if (subject.canMount()) {
            context.add(StateFaults.ReadOnly::new);
            context.add(StateFaults.Full::new);
        }
        List<Scenario> all = new ArrayList<>(List.of(
                new Scenario(
                        "brokers stopped and killed, all down for 15 s",
                        1,
                        Setting.CLUSTER.instances(FEWER),
                        home,
                        List.of(
                                () -> new SurroundingFaults.BrokerGone(false),
                                () -> new SurroundingFaults.BrokerGone(true),
                                () -> new SurroundingFaults.AllBrokersGone(Duration.ofSeconds(15)))),
                new Scenario(
                        "slow calls, registry, kill -9 and restart, state directories",
                        1,
                        Setting.patient(SHORT_PATIENCE).instances(FEWER),
                        home,
                        context),
                Scenario.one(
                        "kill -9 of one, the other takes over",
                        1,
                        Setting.USUAL.instances(FEWER),
                        home,
                        InstanceFaults.Kill::new),
                new Scenario(
                        "rolling restart, instances added and removed, freezing, %d calls in flight".formatted(FEW),
                        1,
                        Setting.BUSY.instances(FEWER),
                        home,
                        List.of(
                                () -> new GracefulFaults.RollingRestart(FEW),
                                () -> new GracefulFaults.Resize(FEW),
                                () -> new InstanceFaults.Freeze(1, Duration.ofSeconds(35))))));
        addUpgrade(all, subject, Setting.USUAL.instances(FEWER));
        return all;
    }

    /** One kind on each world, the longest first; what would take too long comes several times under one name. */
    private static List<Scenario> longOnes(Subject subject) {
        List<Scenario> all = new ArrayList<>();
        Path home = subject.home();
        for (int part = 0; part < 2; part++) {
            all.add(Scenario.one(
                    "rolling restart of 2 (SIGTERM), 100 calls in flight",
                    50,
                    Setting.CROWDED,
                    home,
                    () -> new GracefulFaults.RollingRestart(CROWD)));
        }
        for (int part = 0; part < 2; part++) {
            all.add(Scenario.one(
                    "kill -9 of 2 of 3, started again at once",
                    47,
                    Setting.STATIC,
                    home,
                    InstanceFaults.KillAndRestart::new));
        }
        all.add(Scenario.one(
                "2 of 3 frozen for 45 s (SIGSTOP, SIGCONT)",
                15,
                Setting.USUAL,
                home,
                () -> new InstanceFaults.Freeze(2, Duration.ofSeconds(45))));
        all.add(Scenario.one(
                "2 instances added and removed, 100 calls in flight",
                5,
                Setting.CROWDED,
                home,
                () -> new GracefulFaults.Resize(CROWD)));
        all.add(Scenario.one(
                "kill -9 of 1 of 3, the others take over", 14, Setting.USUAL, home, InstanceFaults.Kill::new));
        all.add(Scenario.one(
                "all brokers down for 70 s",
                5,
                Setting.CLUSTER,
                home,
                () -> new SurroundingFaults.AllBrokersGone(Duration.ofSeconds(70))));
        all.add(Scenario.one(
                "one of 3 brokers stopped", 20, Setting.CLUSTER, home, () -> new SurroundingFaults.BrokerGone(false)));
        all.add(Scenario.one(
                "one of 3 brokers killed", 20, Setting.CLUSTER, home, () -> new SurroundingFaults.BrokerGone(true)));
        all.add(Scenario.one(
                "calls without end, others of 12 s and 60 s",
                1,
                Setting.patient(LONG_PATIENCE),
                home,
                () -> new SurroundingFaults.SlowCalls(60)));
        all.add(Scenario.one("state directory deleted", 5, Setting.USUAL, home, StateFaults.Deleted::new));
        if (subject.canMount()) {
            all.add(Scenario.one("state directory read-only", 5, Setting.USUAL, home, StateFaults.ReadOnly::new));
            all.add(Scenario.one("state directory full", 5, Setting.USUAL, home, StateFaults.Full::new));
        }
        all.add(Scenario.one(
                "no schema registry for 30 s",
                5,
                Setting.USUAL,
                home,
                () -> new SurroundingFaults.NoRegistry(Duration.ofSeconds(30))));
        addUpgrade(all, subject, Setting.USUAL);
        all.add(Scenario.one("none, to compare with", 10, Setting.USUAL, home, SurroundingFaults.Nothing::new));
        return all;
    }

    private static void addUpgrade(List<Scenario> all, Subject subject, Setting setting) {
        Path previous = subject.previous();
        if (previous != null) {
            all.add(Scenario.one(UPGRADE, 1, setting, previous, () -> new GracefulFaults.Upgrade(subject.home())));
        }
    }
}
