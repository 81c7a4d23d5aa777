package io.sessionevents.local.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A process of ours that writes a log, and the signals it can be sent. */
public final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts that command; both its outputs are appended to the log. */
    public static ChildProcess start(ProcessBuilder command, Path log) throws IOException {
        Process process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ChildProcess(process, log);
    }

    /** Kills all processes that this one has started, and theirs, and waits for their ends. */
    public static void killAll() {
        List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(child -> child.onExit().join());
    }

    /** The temporary folder for a JVM that may be killed, which then leaves the natives of its libraries there. */
    static String temporaryIn(Path directory) {
        return "-Djava.io.tmpdir=" + directory.toAbsolutePath();
    }

    /** Starts a JVM like this one, with this class path; what it leaves behind is beside its log. */
    public static ChildProcess ofThisClassPath(List<String> jvm, Class<?> main, List<String> arguments, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add(temporaryIn(Objects.requireNonNull(log.toAbsolutePath().getParent())));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return start(new ProcessBuilder(command), log);
    }

    /** What it has written so far. */
    public String log() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Sends SIGTERM and waits: the exit code. */
    public int terminate(Duration patience) throws InterruptedException {
        process.destroy();
        return awaitEnd(patience);
    }

    /** Waits: the exit code. */
    public int awaitEnd(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("still running after " + patience + ": " + log());
        }
        return process.exitValue();
    }

    /** SIGKILL, also for one that is frozen: the exit code. */
    public int kill() throws InterruptedException {
        process.destroyForcibly();
        return awaitEnd(Poll.STANDSTILL);
    }

    /** SIGSTOP. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill " + signal + " of process " + process.pid() + " ended with " + exit);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
