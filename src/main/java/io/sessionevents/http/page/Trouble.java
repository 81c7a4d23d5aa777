package io.sessionevents.http.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that is not as it should be.
 *
 * @param what in a few words
 * @param detail what exactly, usually with the fix
 * @param toDo what can be done; empty if the detail says it
 * @param where instances that say so; none if they all would
 */
record Trouble(String what, String detail, String toDo, List<String> where) {
    private static final Map<String, String> NAMES = Map.of(
            "start", "An instance has not started",
            "streams", "An instance is not at work",
            "process", "An instance stops",
            "group", "The consumer group is not heard from",
            "hold", "Lookups are held",
            "registry", "The schema registry is missing");

    private static final Map<String, String> TO_DO = Map.of(
            "streams",
                    "A start, a rebalance or a restoration ends by itself. If this lasts for minutes, the log of the instance"
                            + " says why.",
            "process", "Nothing, if somebody stopped it: the others take over its sessions.",
            "group", "Check that the brokers are reached. Lookups go on by themselves.");

    /** All that the fleet knows of, the worst first. */
    static List<Trouble> of(Fleet fleet) {
        List<Trouble> troubles = new ArrayList<>();
        fleet.silent()
                .forEach(address -> troubles.add(new Trouble(
                        "An instance does not answer",
                        "Its sessions are missing here.",
                        "If it was killed, the others take over its sessions within a minute. If it lives, check that this"
                                + " instance reaches it: http.advertised.address.",
                        List.of(address))));
        if (!fleet.unassigned().isEmpty()) {
            troubles.add(new Trouble(
                    "Nobody has " + (fleet.unassigned().size() == 1 ? "partition " : "partitions ")
                            + String.join(", ", fleet.unassigned()),
                    "Their sessions are not looked at, and missing here.",
                    "A rebalance ends by itself. If this lasts for minutes, start another instance.",
                    List.of()));
        }
        checks(fleet, troubles);
        sweeps(fleet, troubles);
        return troubles;
    }

    /** Several instances may say the same. */
    private static void checks(Fleet fleet, List<Trouble> troubles) {
        Map<List<String>, List<String>> said = new LinkedHashMap<>();
        for (Members instance : fleet.instances()) {
            for (Members check : instance.of("health").each("checks")) {
                if (check.text("status").equals("DOWN")) {
                    List<String> same =
                            List.of(check.text("name"), check.of("data").text("detail"));
                    said.computeIfAbsent(same, none -> new ArrayList<>()).add(instance.text("instance"));
                }
            }
        }
        said.forEach((same, where) -> {
            String name = same.getFirst();
            troubles.add(new Trouble(name(name), same.getLast(), TO_DO.getOrDefault(name, ""), where));
        });
    }

    private static void sweeps(Fleet fleet, List<Trouble> troubles) {
        for (Members instance : fleet.instances()) {
            for (Members sweeps : instance.each("sweeps")) {
                String source = sweeps.text("source");
                List<String> where = List.of(instance.text("instance"));
                String trouble = sweeps.find("trouble");
                if (trouble != null) {
                    troubles.add(new Trouble("No sweeps of " + source, trouble, "", where));
                }
                long ill = sweeps.count("applicationsInTrouble");
                if (ill > 0) {
                    troubles.add(new Trouble(
                            ill + (ill == 1 ? " application" : " applications") + " of " + source + " cannot be swept",
                            "Lookups alone go on there.",
                            "/api/v1/applications says of each what is wrong.",
                            where));
                }
            }
        }
    }

    private static String name(String check) {
        if (check.startsWith("aws")) {
            return "AWS refuses or does not answer" + source(check);
        }
        return check.startsWith("sessions")
                ? "Sessions are not looked at" + source(check)
                : NAMES.getOrDefault(check, check);
    }

    private static String source(String check) {
        int blank = check.indexOf(' ');
        return blank < 0 ? "" : " in " + check.substring(blank + 1);
    }
}
