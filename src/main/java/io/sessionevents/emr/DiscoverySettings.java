package io.sessionevents.emr;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.sessionevents.calls.SweepLimits;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What of a source is tracked without being published, see {@link Discovery}. */
public final class DiscoverySettings {
    private static final String NOTHING = "none";
    private static final String ALL_OF_THEM = "all";
    private static final String IDS = "application ids of 1 to 64 characters of 0-9 and a-z, separated by commas";

    /** Not all of it: a {@code *} may stand for any part. */
    private static final Pattern PRINCIPAL = Pattern.compile("(?:arn:|\\*)[\\x21-\\x7e&&[^,]]{0,2048}");

    static final Setting<Discovery> DISCOVER = Setting.optional(
            "discover",
            NOTHING,
            NOTHING + ", " + ALL_OF_THEM + ", or " + IDS,
            "Applications whose sessions are tracked without being published: none, every one that ListApplications shows, or these.",
            DiscoverySettings::discover);
    static final Setting<Set<String>> EXCLUDE = Setting.without(
            "discover.exclude", IDS, "Applications that `discover=all` does not mean.", DiscoverySettings::ids);
    static final Setting<List<String>> CREATED_BY = Setting.without(
            "discover.created.by",
            "ARNs of IAM principals separated by commas, in which * stands for anything",
            "Only sessions that one of these principals started are discovered. Default: everybody's.",
            DiscoverySettings::principals);

    /** Their keys. */
    public static final List<Setting<?>> ALL = List.of(DISCOVER, EXCLUDE, CREATED_BY);

    private DiscoverySettings() {}

    /**
     * What the values say.
     *
     * @param values as the source sees them
     */
    static Discovery of(Values values) {
        Discovery discover = values.get(DISCOVER);
        Set<String> excluded = values.find(EXCLUDE);
        List<String> createdBy = values.find(CREATED_BY);
        return new Discovery(
                discover.all(),
                discover.applications(),
                excluded == null ? Set.of() : excluded,
                createdBy == null ? List.of() : createdBy);
    }

    /**
     * Adds what is wrong with them together: discovery needs the sweeps.
     *
     * @param values as the source sees them
     */
    static void review(Values values) {
        Discovery discover = values.find(DISCOVER);
        if (discover == null || discover.equals(Discovery.NONE)) {
            return;
        }
        needs(SweepLimits.BUDGET_LIST_SESSIONS, values);
        if (discover.all()) {
            needs(SweepLimits.BUDGET_LIST_APPLICATIONS, values);
        }
    }

    private static void needs(Setting<Double> budget, Values values) {
        Double calls = values.find(budget);
        if (calls != null && calls == 0) {
            values.problem(values.key(DISCOVER) + " is \"" + values.text(DISCOVER) + "\", but "
                    + values.key(budget) + " is " + values.text(budget) + ", expected more than 0: raise it, or set "
                    + values.key(DISCOVER) + "=" + NOTHING);
        }
    }

    private static Discovery discover(String text) {
        return switch (text.strip()) {
            case NOTHING -> Discovery.NONE;
            case ALL_OF_THEM -> new Discovery(true, Set.of(), Set.of(), List.of());
            case String ids -> new Discovery(false, ids(ids), Set.of(), List.of());
        };
    }

    /** Who writes one of the two words between ids means something else. */
    private static Set<String> ids(String text) {
        Set<String> ids = split(text)
                .map(id -> new ApplicationKey(Source.DEFAULT, id).applicationId())
                .collect(toUnmodifiableSet());
        if (ids.contains(NOTHING) || ids.contains(ALL_OF_THEM)) {
            throw new IllegalArgumentException();
        }
        return ids;
    }

    private static List<String> principals(String text) {
        List<String> principals = split(text).toList();
        if (!principals.stream().allMatch(one -> PRINCIPAL.matcher(one).matches())) {
            throw new IllegalArgumentException();
        }
        return principals;
    }

    private static Stream<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip);
    }
}
