package io.sessionevents.preflight;

import io.sessionevents.avro.PublicSubject;
import io.sessionevents.avro.RegistryException;
import io.sessionevents.avro.SubjectRegistry;
import io.sessionevents.avro.SubjectRegistry.Registered;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the schema registry answers, takes this client, and has, or would take, the schemas of this version.
 *
 * @param registers whether the service registers what is missing (auto.register.schemas)
 */
public record RegistryCheck(SubjectRegistry registry, List<PublicSubject> subjects, boolean registers)
        implements PreflightCheck {
    private static final String REGISTER = "session-events schemas register";

    @Override
    public List<CheckOutcome> outcomes() {
        List<CheckOutcome> outcomes = new ArrayList<>();
        for (PublicSubject subject : subjects) {
            try {
                outcomes.add(outcome(subject));
            } catch (RegistryException e) {
                if (e.kind() == RegistryException.Kind.UNSUPPORTED_SCHEMA) {
                    outcomes.add(unsupported(subject, e));
                    continue;
                }
                String message = String.valueOf(e.getMessage());
                outcomes.add(CheckOutcome.of(
                        "registry",
                        e.kind() == RegistryException.Kind.UNAVAILABLE
                                ? Finding.mayPass(message, "")
                                : Finding.stops(message, "")));
                return outcomes;
            }
        }
        return outcomes;
    }

    /** What others write keeps nobody from starting: records of a schema that cannot be read are dead letters. */
    private static CheckOutcome unsupported(PublicSubject subject, RegistryException e) {
        String check = "schema " + subject.name();
        String message = String.valueOf(e.getMessage());
        return CheckOutcome.of(
                check,
                subject.written()
                        ? Finding.stops(message, "Use a topic (" + subject.setting() + ") or a registry of its own.")
                        : Finding.warns(
                                message + " Its records are dead letters.",
                                "Publish under the schema of schemas/session-id-event.avsc, as JSON or as text."));
    }

    private CheckOutcome outcome(PublicSubject subject) {
        String check = "schema " + subject.name();
        List<Registered> versions = registry.versions(subject.name());
        for (Registered version : versions) {
            if (subject.is(version)) {
                return CheckOutcome.ok(check, "is version " + version.version() + ", id " + version.id());
            }
        }
        return subject.written() ? written(check, subject, versions) : read(check, subject, versions);
    }

    private CheckOutcome written(String check, PublicSubject subject, List<Registered> versions) {
        if (!versions.isEmpty() && !registry.compatible(subject.name(), subject.schema())) {
            return incompatible(
                    check,
                    subject,
                    versions,
                    "Use a topic (" + subject.setting()
                            + ") or a registry of its own for this version, or the version of"
                            + " session-events that wrote there.");
        }
        if (!registers) {
            return CheckOutcome.of(
                    check,
                    Finding.stops(
                            "The schema of this version is not registered as " + subject.name()
                                    + ", and auto.register.schemas is false.",
                            REGISTER));
        }
        return CheckOutcome.ok(
                check,
                versions.isEmpty()
                        ? "is registered at the first start"
                        : "compatible, becomes version " + (versions.getLast().version() + 1) + " at the next start");
    }

    private static CheckOutcome read(String check, PublicSubject subject, List<Registered> versions) {
        return subject.differences(versions).isEmpty()
                ? CheckOutcome.ok(
                        check,
                        versions.isEmpty() ? "none yet: its publishers register it" : "what is written can be read")
                : incompatible(
                        check,
                        subject,
                        versions,
                        "Publish under the schema of schemas/session-id-event.avsc, as JSON or as text.");
    }

    private static CheckOutcome incompatible(
            String check, PublicSubject subject, List<Registered> versions, String fix) {
        List<String> differences = subject.differences(versions);
        return CheckOutcome.of(
                check,
                Finding.stops(
                        "The schema of this version is incompatible with " + subject.name()
                                + (differences.isEmpty() ? "." : ": " + String.join("; ", differences) + "."),
                        fix));
    }
}
