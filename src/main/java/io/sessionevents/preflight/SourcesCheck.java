package io.sessionevents.preflight;

import io.sessionevents.emr.AwsCheck;
import io.sessionevents.emr.SourceDirectory;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.preflight.Finding.Gravity;
import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether each source has a Region, credentials and a way to AWS, and none the account and Region of another. Calls no operation of
 * EMR Serverless; of STS those that give credentials and tell their account.
 *
 * @param oneIsEnough whether trouble of one source is a warning while another is fine, as at the start of the service: it must not
 *     touch the others
 */
public record SourcesCheck(List<SourceSettings> sources, boolean oneIsEnough) implements PreflightCheck {
    private static final String NAME = "aws";

    /** What one came to. */
    private record Looked(CheckOutcome outcome, @Nullable Source known) {}

    /** All at the same time, in their order. */
    @Override
    public List<CheckOutcome> outcomes() throws InterruptedException {
        List<Looked> looked = looked();
        boolean enough =
                oneIsEnough && looked.stream().anyMatch(one -> one.outcome().ok());
        return Stream.concat(
                        looked.stream().map(Looked::outcome).map(outcome -> enough ? tolerated(outcome) : outcome),
                        twins(looked).stream())
                .toList();
    }

    private List<Looked> looked() throws InterruptedException {
        List<Looked> looked = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Looked>> all = sources.stream()
                    .map(source -> executor.submit(() -> look(source)))
                    .toList();
            for (Future<Looked> one : all) {
                looked.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check broke off: " + e.getCause(), e.getCause());
        }
        return looked;
    }

    /** Credentials may come and the network may; so all that is found may pass. */
    private static Looked look(SourceSettings source) throws InterruptedException {
        String name = Source.labelled(NAME, source.name());
        List<Finding> findings = AwsCheck.problems(source.emr()).stream()
                .map(problem -> Finding.mayPass(AwsCheck.whose(source.emr()) + ": " + problem + ".", ""))
                .toList();
        if (!findings.isEmpty()) {
            return new Looked(new CheckOutcome(name, "", findings), null);
        }
        List<Finding> warnings = new ArrayList<>();
        Source known = SourceDirectory.ask(List.of(source), warning -> warnings.add(Finding.warns(warning, "")))
                .all()
                .getFirst();
        return new Looked(new CheckOutcome(name, seen(source, known), warnings), known);
    }

    private static String seen(SourceSettings source, Source known) {
        return "Region " + known.region()
                + (known.account() == null ? "" : ", account " + known.account())
                + ", credentials and a way to the endpoint"
                + AwsCheck.proxy(source.emr())
                        .map(proxy -> " (through " + proxy + ")")
                        .orElse("")
                + " are there";
    }

    private static CheckOutcome tolerated(CheckOutcome outcome) {
        return new CheckOutcome(
                outcome.check(),
                outcome.seen(),
                outcome.findings().stream()
                        .map(finding -> finding.mayPass()
                                ? new Finding(
                                        finding.what() + " The other sources are read meanwhile.",
                                        finding.fix(),
                                        Gravity.WARNS)
                                : finding)
                        .toList());
    }

    /** Only what AWS says of their accounts tells these; the configuration tells others before. */
    private static List<CheckOutcome> twins(List<Looked> looked) {
        var known = new Sources(
                looked.stream().map(Looked::known).flatMap(Stream::ofNullable).toList());
        return SourceDirectory.twins(known).stream()
                .map(twins -> CheckOutcome.of("sources", Finding.stops(twins + ".", "")))
                .toList();
    }
}
