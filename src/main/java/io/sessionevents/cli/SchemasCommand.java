package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.PublicSubject;
import io.sessionevents.avro.SubjectRegistry.Registered;
import io.sessionevents.settings.Configuration;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "schemas",
        description = "Registers the schemas of this version, and compares them with those that are registered.")
final class SchemasCommand implements Runnable {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    SchemasCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        throw new ParameterException(requireNonNull(spec).commandLine(), "Missing command: check or register");
    }

    @Command(
            name = "check",
            description = {
                "Shows the subjects, their versions and compatibility levels, and how this version's schemas fit.",
                "Exit code 0 if they fit, 1 if not."
            })
    int check(@Mixin ConfigurationOptions options) {
        Configuration effective = options.loader(context).load();
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        boolean fits = true;
        out.printf("%-34s %-10s %-18s %s%n", "SUBJECT", "VERSIONS", "COMPATIBILITY", "SCHEMA OF THIS VERSION");
        try (var registry = new ConfluentSchemaRegistry(effective.registry())) {
            for (PublicSubject subject : PublicSubject.of(effective.topics())) {
                List<Registered> versions = registry.versions(subject.name());
                List<String> differences = differences(registry, subject, versions);
                fits &= differences == null;
                out.printf(
                        "%-34s %-10s %-18s %s%n",
                        subject.name(),
                        versions.isEmpty() ? "none" : "1–" + versions.getLast().version(),
                        registry.compatibilityLevel(subject.name()).orElse("the registry's"),
                        verdict(subject, versions, differences));
                if (differences != null) {
                    differences.forEach(difference -> out.println("     " + difference));
                }
            }
        }
        out.flush();
        return fits ? 0 : 1;
    }

    /** Null if the schema fits. */
    private static @Nullable List<String> differences(
            ConfluentSchemaRegistry registry, PublicSubject subject, List<Registered> versions) {
        if (versions.stream().anyMatch(subject::is)) {
            return null;
        }
        List<String> differences = subject.differences(versions);
        boolean fits = versions.isEmpty()
                || (subject.written() ? registry.compatible(subject.name(), subject.schema()) : differences.isEmpty());
        return fits ? null : differences;
    }

    private static String verdict(
            PublicSubject subject, List<Registered> versions, @Nullable List<String> differences) {
        return versions.stream()
                .filter(subject::is)
                .findFirst()
                .map(found -> "is version " + found.version() + ", id " + found.id())
                .orElse(
                        differences != null
                                ? "incompatible"
                                : versions.isEmpty() ? "not registered yet" : "compatible, not registered");
    }

    @Command(
            name = "register",
            description = {
                "Registers the schemas of this version, and sets their compatibility to FULL_TRANSITIVE.",
                "Harmless if done twice."
            })
    int register(
            @Mixin ConfigurationOptions options,
            @Option(
                            names = "--no-compatibility",
                            description = "Leaves the compatibility levels of the subjects alone.")
                    boolean leaveLevel) {
        Configuration effective = options.loader(context).load();
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        try (var registry = new ConfluentSchemaRegistry(effective.registry())) {
            for (PublicSubject subject : PublicSubject.of(effective.topics())) {
                int id = registry.register(subject.name(), subject.schema());
                if (!leaveLevel) {
                    registry.setCompatibilityLevel(subject.name(), PublicSubject.LEVEL);
                }
                out.printf(
                        "%-34s id %d%s%n",
                        subject.name(), id, leaveLevel ? "" : ", compatibility " + PublicSubject.LEVEL);
            }
        }
        out.flush();
        return 0;
    }
}
