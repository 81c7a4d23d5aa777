package io.sessionevents.emr;

import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import software.amazon.awssdk.regions.Region;

/** Finds out of which account and Region each source is. */
public final class SourceDirectory {
    private SourceDirectory() {}

    /**
     * Asks the host for the Regions and STS for the accounts that are not configured, all at the same time, which takes seconds at
     * worst. What cannot be found out stays unknown.
     *
     * @param warnings told what stays unknown, a sentence or two each
     */
    public static Sources ask(List<SourceSettings> settings, Consumer<String> warnings) throws InterruptedException {
        List<Source> sources = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Found>> all = settings.stream()
                    .map(one -> executor.submit(() -> found(one)))
                    .toList();
            for (Future<Found> each : all) {
                Found found = each.get();
                sources.add(found.source());
                found.warnings().forEach(warnings);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the sources could not be looked at: " + e.getCause(), e.getCause());
        }
        return new Sources(sources);
    }

    /** What is configured on this machine, without asking anybody. */
    public static Sources configured(List<SourceSettings> settings) {
        return new Sources(settings.stream()
                .map(one ->
                        new Source(one.name(), AwsRegions.configured(one.emr()).orElse(null), one.account()))
                .toList());
    }

    /** A sentence with the fix for every account and Region that several of the sources have. */
    public static List<String> twins(Sources sources) {
        return SourceReview.twins(sources.all());
    }

    private record Found(Source source, List<String> warnings) {}

    private static Found found(SourceSettings one) {
        String region = AwsRegions.resolve(one.emr()).orElse(null);
        if (region == null || one.account() != null) {
            return new Found(new Source(one.name(), region, one.account()), List.of());
        }
        AccountLookup.Answer answer = new AccountLookup(one.emr()).answer(Region.of(region));
        return new Found(
                new Source(one.name(), region, answer.account()),
                answer.trouble() == null ? List.of() : List.of(answer.trouble()));
    }
}
