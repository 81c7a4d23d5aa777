package io.sessionevents.health;

import io.sessionevents.health.Health.Check;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process is doing.
 *
 * <pre>
 *             starts            stops
 *   Starting ────────► Running ───────► Stopping
 *    ▲    │
 *    └────┘ waitsFor
 * </pre>
 */
sealed interface ProcessState {

    /** What nothing but a restart would fix. */
    List<Check> progress();

    /** Whether it has found everything that it needs to begin. */
    Check start();

    /** Whether it is at work, beyond having started. */
    List<Check> work();

    /** What depends on others. */
    List<Check> surroundings();

    /**
     * There is no service yet.
     *
     * @param waitsFor what keeps it from starting
     */
    record Starting(String waitsFor) implements ProcessState {
        static final Starting FIRST = new Starting("checking Kafka, the registry and AWS");

        Starting waitsFor(List<String> obstacles) {
            return new Starting(String.join(" ", obstacles));
        }

        Running starts(ServiceChecks service) {
            return new Running(service);
        }

        @Override
        public List<Check> progress() {
            return List.of();
        }

        @Override
        public Check start() {
            return new Check(START, false, waitsFor);
        }

        @Override
        public List<Check> work() {
            return List.of();
        }

        @Override
        public List<Check> surroundings() {
            return List.of();
        }
    }

    /** The service is there. */
    record Running(ServiceChecks service) implements ProcessState {
        Stopping stops() {
            return new Stopping(service);
        }

        @Override
        public List<Check> progress() {
            return service.progressChecks();
        }

        @Override
        public Check start() {
            return FOUND;
        }

        @Override
        public List<Check> work() {
            return List.of(service.streamsCheck());
        }

        @Override
        public List<Check> surroundings() {
            return service.surroundingsChecks();
        }
    }

    /** The service ends, and is to get no more requests; no restart would hurry that. */
    record Stopping(ServiceChecks service) implements ProcessState {
        @Override
        public List<Check> progress() {
            return List.of();
        }

        @Override
        public Check start() {
            return FOUND;
        }

        @Override
        public List<Check> work() {
            return Stream.of(new Check("process", false, "is stopping"), service.streamsCheck())
                    .toList();
        }

        @Override
        public List<Check> surroundings() {
            return service.surroundingsChecks();
        }
    }

    /** Name of the check whether it has started. */
    String START = "start";

    /** It has. */
    Check FOUND = new Check(START, true, "all that is needed was found");
}
