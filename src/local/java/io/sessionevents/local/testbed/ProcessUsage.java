package io.sessionevents.local.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What Linux has counted of a process. */
public final class ProcessUsage {
    /** Of each tick in {@code /proc}, on every platform that we run on. */
    private static final int MILLIS = 10;

    private static final int USER = 11;
    private static final int SYSTEM = 12;

    private ProcessUsage() {}

    /** CPU time so far, of the process and in the kernel for it. */
    public static Duration cpu(long pid) throws IOException {
        String stat = Files.readString(proc(pid, "stat"));
        // The name before may have blanks.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return Duration.ofMillis(MILLIS * (Long.parseLong(fields.get(USER)) + Long.parseLong(fields.get(SYSTEM))));
    }

    /** Memory that it has now, in bytes. */
    public static long residentBytes(long pid) throws IOException {
        return Files.readAllLines(proc(pid, "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("no VmRSS of process " + pid));
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }
}
