package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.simulator.UsageNumbers.Texts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whoever books the usage records of a session one after the other, and adds up what each one bills anew, has what the last one
 * bills, to the last digit: there are the revisions 1, 2, 3, each once; the first one is settled or openly not, each later one
 * corrects something; and all name the event of the end.
 *
 * @param usage in the order of the topic, partition by partition
 */
public record UsageAddsUp(List<ObservedUsage> usage) implements Guarantee {
    private static final List<Function<Texts, @Nullable String>> RESOURCES =
            List.of(Texts::vCPU, Texts::memory, Texts::storage);

    public UsageAddsUp {
        usage = List.copyOf(usage);
    }

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, String> ends = events.stream()
                .filter(ObservedChange::terminal)
                .collect(Collectors.toMap(ObservedChange::key, ObservedChange::eventId, (first, again) -> first));
        List<String> violations = new ArrayList<>();
        ids(violations);
        bySession(usage).forEach((key, records) -> {
            numbered(records, violations);
            addsUp(records, violations);
            records.forEach(record -> check(record, ends.get(key), violations));
        });
        return violations;
    }

    static Map<SessionKey, List<ObservedUsage>> bySession(List<ObservedUsage> usage) {
        return usage.stream()
                .collect(Collectors.groupingBy(ObservedUsage::key, LinkedHashMap::new, Collectors.toList()));
    }

    private void ids(List<String> violations) {
        Set<String> seen = new HashSet<>();
        usage.stream()
                .filter(record -> !seen.add(record.usageId()))
                .forEach(record -> violations.add("usage id twice: " + record));
    }

    private static void numbered(List<ObservedUsage> records, List<String> violations) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).revision() != i + 1) {
                violations.add("usage revision: expected " + (i + 1) + ": " + records.get(i));
            }
        }
    }

    private static void addsUp(List<ObservedUsage> records, List<String> violations) {
        for (Function<Texts, @Nullable String> resource : RESOURCES) {
            BigDecimal sum = BigDecimal.ZERO;
            for (ObservedUsage record : records) {
                sum = sum.add(decimal(resource.apply(record.billedDelta())));
                if (sum.compareTo(decimal(resource.apply(record.numbers().billed()))) != 0) {
                    violations.add("usage does not add up: %s billed so far, told by %s".formatted(sum, record));
                    break;
                }
            }
        }
        for (int i = 1; i < records.size(); i++) {
            if (records.get(i).numbers().same(records.get(i - 1).numbers())) {
                violations.add("usage corrects nothing: " + records.get(i));
            }
        }
    }

    /** Zero where nothing is told. */
    static BigDecimal decimal(@Nullable String text) {
        return text == null ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static void check(ObservedUsage record, @Nullable String end, List<String> violations) {
        boolean status = record.revision() == 1 ? record.settled() || record.unsettled() : record.corrected();
        if (!status) {
            violations.add("usage status: " + record);
        }
        if (!record.doubled()) {
            violations.add("usage of two values, as a text and as a double: " + record);
        }
        if (!Objects.equals(record.terminalEventId(), end)) {
            violations.add("usage names another end than " + end + ": " + record);
        }
    }
}
