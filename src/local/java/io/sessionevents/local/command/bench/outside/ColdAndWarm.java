package io.sessionevents.local.command.bench.outside;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/** One instance from its start on, with calls of 50 ms and 64 of them in flight, which allow 1,280 lookups a second. */
record ColdAndWarm(Table table, Path directory, InstantSource clock, int sessions) {
    private static final Duration CALL = Duration.ofMillis(50);
    private static final double CEILING = 1_280;
    private static final Map<String, String> SETTINGS = Map.of(
            "budget.get-session", "1000000",
            "lookup.max.concurrent", "64",
            "lookup.interval.min", "1 ms",
            "budget.list-sessions", "0");
    private static final int FIRST = 100;
    private static final int STEADY = 1_000;
    private static final int INTAKE = 5_000;
    private static final int WINDOWS = 6;
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    void measure() throws IOException, InterruptedException {
        cold();
        warm();
        byDefault();
    }

    private void cold() throws IOException, InterruptedException {
        try (var around = Surroundings.start(directory.resolve("cold"), clock)) {
            around.answer(CALL, false);
            // Looked at once each: an interval that no session reaches again.
            Map<String, String> settings = new java.util.HashMap<>(SETTINGS);
            settings.put("lookup.interval.min", "1 h");
            try (var service = around.service(settings, "")) {
                service.awaitRunning();
                table.add(
                        "default",
                        "first %d events after a start, ms after publishing, call of 50 ms included".formatted(FIRST),
                        around.probe(FIRST, Duration.ofMillis(20), PATIENCE).text());
                double idle = around.intake(service, INTAKE);
                add(
                        "intake of %,d IDs into an idle service, IDs/s until tracked".formatted(INTAKE),
                        "%,.0f",
                        INTAKE / idle);
                around.events().await(FIRST + INTAKE);
                flood(around, service, FIRST + INTAKE);
            }
        }
    }

    private void flood(Surroundings around, MeasuredService service, int before)
            throws IOException, InterruptedException {
        Duration busy = service.cpu();
        double beside = around.intake(service, sessions);
        add(
                "intake of %,d IDs beside a full budget, IDs/s until tracked".formatted(sessions),
                "%,.0f",
                sessions / beside);
        around.events().await(before + sessions);
        double used = service.cpu().minus(busy).toMillis();
        double rate = around.events().rate(before + sessions / 10, before + sessions * 9 / 10);
        double late = around.events().rate(before + sessions * 2 / 3, before + sessions - 1);
        add("%,d new sessions, events/s over the middle 80 %%".formatted(sessions), "%,.0f", rate);
        add("the same, share of the ceiling, %", "%.1f", 100 * rate / CEILING);
        add("the same, last third, events/s", "%,.0f", late);
        add("the same, CPU for each, intake included, ms", "%.2f", used / sessions);
    }

    private void warm() throws IOException, InterruptedException {
        try (var around = Surroundings.start(directory.resolve("warm"), clock)) {
            around.answer(CALL, false);
            try (var service = around.service(SETTINGS, "")) {
                service.awaitRunning();
                around.publish(STEADY);
                around.events().await(STEADY);
                Poll.pause(WARM_UP);
                windows("unchanged", service);
                around.answer(CALL, true);
                Poll.pause(WARM_UP);
                int from = around.events().count();
                windows("every lookup a change", service);
                table.add(
                        "default",
                        "event after the answer, every lookup a change, ms",
                        around.events().afterAnswer(from).times());
                around.events()
                        .steps(from)
                        .forEach((step, times) -> table.add("default", "its way: " + step + ", ms", times.times()));
                around.answer(CALL, false);
                Poll.pause(WINDOW);
                int quiet = around.events().count();
                boolean _ = around.probe(200, Duration.ofMillis(53), PATIENCE)
                        .millis()
                        .isEmpty();
                table.add(
                        "default",
                        "event after the answer, 19 changes/s beside a full budget, ms",
                        around.events().afterAnswer(quiet).times());
                add("RSS, MB", "%,.0f", service.residentMegabytes());
                add("heap after a full collection, MB", "%,.0f", service.heapMegabytes());
            }
        }
    }

    private void windows(String what, MeasuredService service) throws IOException, InterruptedException {
        LookupWindows windows = LookupWindows.of(service, WINDOWS, WINDOW);
        table.add("default", what + ": lookups/s", windows.perSecond().text(0));
        add(
                what + ": share of the ceiling, %",
                "%.1f",
                100 * windows.perSecond().median() / CEILING);
        table.add("default", what + ": CPU per lookup, ms", windows.millisEach().text(2));
    }

    /** As it comes, with a few sessions: what it takes when nothing happens. */
    private void byDefault() throws IOException, InterruptedException {
        try (var around = Surroundings.start(directory.resolve("default"), clock)) {
            around.answer(CALL, false);
            try (var service = around.service(Map.of(), "")) {
                service.awaitRunning();
                around.publish(FIRST);
                around.events().await(FIRST);
                Poll.pause(PATIENCE);
                table.add("default", "idle at the default budget: lookups/s", idle(service, PATIENCE));
                table.add(
                        "default",
                        "event after publishing, 10 s apart, ms, call of 50 ms included",
                        around.probe(6, Duration.ofSeconds(10), PATIENCE).text());
                add("RSS at default settings, MB", "%,.0f", service.residentMegabytes());
            }
        }
    }

    /** Lookups and CPU of a service to which nothing happens. */
    static String idle(MeasuredService service, Duration time) throws IOException, InterruptedException {
        LookupWindows idle = LookupWindows.of(service, 1, time);
        double lookups = idle.perSecond().median();
        return String.format(
                Locale.ROOT,
                "%.1f, %.1f %% of a core",
                lookups,
                lookups * idle.millisEach().median() / 10);
    }

    private void add(String what, String format, double value) {
        table.add("default", what, String.format(Locale.ROOT, format, value));
    }
}
