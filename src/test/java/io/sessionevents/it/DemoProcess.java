package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.Poll;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demo in a process of its own, as {@code ./session-events demo} starts it, with a temporary folder of its own.
 *
 * @param home for its outputs and its temporary folder
 */
record DemoProcess(Process process, Path home) implements AutoCloseable {

    /** With both outputs in files. */
    static DemoProcess start(Path home, String... arguments) throws IOException {
        return start(
                home,
                builder(command(home, arguments))
                        .redirectOutput(home.resolve("out").toFile()));
    }

    static DemoProcess start(Path home, ProcessBuilder builder) throws IOException {
        return new DemoProcess(
                builder.redirectError(home.resolve("err").toFile()).start(), home);
    }

    static ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command);
    }

    static List<String> command(Path home, String... arguments) throws IOException {
        return command("demo", home, arguments);
    }

    /** The same of another command of the checkout. */
    static List<String> command(String name, Path home, String... arguments) throws IOException {
        Files.createDirectories(home.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@build/jvm.options",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + home.resolve("tmp"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .replace('\n', File.pathSeparatorChar),
                "io.sessionevents.local.command.LocalMain",
                name));
        command.addAll(List.of(arguments));
        return command;
    }

    String out() throws IOException {
        return Files.readString(home.resolve("out"), UTF_8);
    }

    String err() throws IOException {
        return Files.readString(home.resolve("err"), UTF_8);
    }

    /** What it has left in its temporary folder, natives of libraries included. */
    List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("tmp"))) {
            return files.toList();
        }
    }

    /** As long as it writes anything, it is not stuck. */
    boolean ended() throws InterruptedException {
        return Poll.awaited(
                () -> Stream.of("out", "err")
                        .map(name -> home.resolve(name).toFile().length())
                        .toList(),
                () -> !process.isAlive());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
