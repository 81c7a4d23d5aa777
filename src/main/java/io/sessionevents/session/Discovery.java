package io.sessionevents.session;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which applications of a source are tracked without being published, and which of their sessions.
 *
 * @param all every application that AWS lists, but those excluded
 * @param applications ids of those that are tracked whatever AWS lists
 * @param excluded ids of those that {@code all} does not mean
 * @param createdBy whose sessions are discovered, by the ARN of the principal; {@code *} stands for anything. Empty: everybody's
 */
public record Discovery(boolean all, Set<String> applications, Set<String> excluded, List<String> createdBy) {
    /** Only what is published. */
    public static final Discovery NONE = new Discovery(false, Set.of(), Set.of(), List.of());

    public Discovery {
        applications = Set.copyOf(applications);
        excluded = Set.copyOf(excluded);
        createdBy = List.copyOf(createdBy);
    }

    /** Whether an application that AWS lists is tracked. */
    public boolean finds(String applicationId) {
        return applications.contains(applicationId) || (all && !excluded.contains(applicationId));
    }

    /** Whether a session that is not tracked yet is meant. */
    public boolean takes(SessionSummary session) {
        return createdBy.isEmpty()
                || createdBy.stream()
                        .anyMatch(wanted ->
                                pattern(wanted).matcher(session.createdBy()).matches());
    }

    private static Pattern pattern(String wanted) {
        return Pattern.compile(
                Arrays.stream(wanted.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
