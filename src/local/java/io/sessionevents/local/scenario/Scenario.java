package io.sessionevents.local.scenario;

import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.scenario.Testbed.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Faults that are tried on one world.
 *
 * @param name for people
 * @param strikes how often each of them strikes
 * @param setting of the world
 * @param from the distribution that the instances are started from
 * @param injectors what strikes, one kind after the other
 * @param expectations what has to be kept all the same
 */
public record Scenario(
        String name,
        int strikes,
        Setting setting,
        Path from,
        List<Supplier<? extends Injector>> injectors,
        Set<Promise> expectations) {

    /** Everything is expected that a fleet promises. */
    public Scenario(
            String name, int strikes, Setting setting, Path from, List<Supplier<? extends Injector>> injectors) {
        this(name, strikes, setting, from, injectors, Promise.OF_A_FLEET);
    }
    /** One kind of fault. */
    public static Scenario one(
            String name, int strikes, Setting setting, Path from, Supplier<? extends Injector> injector) {
        return new Scenario(name, strikes, setting, from, List.of(injector));
    }
}
