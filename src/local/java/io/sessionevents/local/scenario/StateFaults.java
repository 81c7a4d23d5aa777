package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What can happen to a state directory. Read-only and full ones are file systems in a mount namespace of the instance. */
public final class StateFaults {
    private StateFaults() {}

    /** Whether this system lets us mount file systems of our own. */
    public static boolean canMount() throws IOException, InterruptedException {
        return new ProcessBuilder("unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Deleted under a running instance, which is restarted later. */
    public static final class Deleted implements Injector {
        private int victim;

        @Override
        public Instant strike(Testbed world) throws Exception {
            victim = world.anyInstance();
            Instant now = Instant.now();
            Path directory = world.fleet().stateDirectory(victim);
            // Moved away first, for that is done at once: the instance can add nothing to what is being deleted.
            Path away = Files.createTempDirectory(directory.getParent(), "gone").resolve("state");
            Files.move(directory, away);
            delete(away);
            return now;
        }

        @Override
        public void heal(Testbed world) throws Exception {
            if (world.fleet().process(victim).alive()) {
                world.fleet().terminate(victim);
            } else {
                world.fleet().bury(victim);
            }
            world.fleet().start(victim);
            world.fleet().awaitReady(victim);
        }

        private static void delete(Path directory) throws IOException {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** An instance is restarted and finds its directory read-only: it has to end and to say why. */
    public static final class ReadOnly implements Injector {
        private int victim;

        @Override
        public Instant strike(Testbed world) throws Exception {
            victim = world.anyInstance();
            world.fleet().terminate(victim);
            Instant now = Instant.now();
            world.fleet().start(victim, mounted(world, victim, "ro"));
            int exit = world.fleet().process(victim).awaitEnd(Poll.STANDSTILL);
            String log = world.fleet().process(victim).log();
            world.fleet().bury(victim);
            String directory = world.fleet().stateDirectory(victim).toString();
            if (exit != 1 || !log.contains(directory) || log.contains("\tat ")) {
                throw new IllegalStateException("expected exit code 1 and a line that names " + directory
                        + " without a stack trace, got " + exit + ": " + log);
            }
            return now;
        }

        @Override
        public void heal(Testbed world) throws Exception {
            world.fleet().start(victim);
            world.fleet().awaitReady(victim);
        }
    }

    /** The file system under the directory fills up while the instance runs; it may end, the others go on. */
    public static final class Full implements Injector {
        private static final String SIZE = "size=128m";
        private int victim;

        @Override
        public Instant strike(Testbed world) throws Exception {
            victim = world.anyInstance();
            world.fleet().terminate(victim);
            world.fleet().start(victim, mounted(world, victim, SIZE));
            world.fleet().awaitReady(victim);
            Instant now = Instant.now();
            fill(world);
            return now;
        }

        /** What is left is less than a block. */
        private void fill(Testbed world) throws IOException, InterruptedException {
            Path ballast = world.fleet().stateDirectory(victim).resolve("ballast");
            String pid = Long.toString(world.fleet().process(victim).pid());
            // The instance may delete a file meanwhile, and then there is room again.
            String fill = """
                    for attempt in $(seq 20); do
                        cat /dev/zero >> '%1$s' 2>/dev/null
                        left=$(df --output=avail '%1$s' | tail -n 1)
                        [ "$left" -eq 0 ] && break
                    done
                    echo $left
                    """.formatted(ballast);
            Process process = new ProcessBuilder(
                            "nsenter", "-t", pid, "-U", "-m", "--preserve-credentials", "sh", "-c", fill)
                    .start();
            String left = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || !left.strip().equals("0")) {
                throw new IllegalStateException("the file system is not full, free KiB: " + left.strip());
            }
        }

        @Override
        public void heal(Testbed world) throws Exception {
            if (world.fleet().process(victim).alive()) {
                world.fleet().kill(victim);
            } else {
                world.fleet().bury(victim);
            }
            world.fleet().start(victim);
            world.fleet().awaitReady(victim);
        }
    }

    private static List<String> mounted(Testbed world, int victim, String options) {
        String script =
                "mount -t tmpfs -o " + options + " tmpfs '" + world.fleet().stateDirectory(victim) + "' && exec \"$@\"";
        return new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, "sh"));
    }
}
