package io.sessionevents.metrics;

import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.Failure;
import io.sessionevents.session.Listing;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.SessionState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The values of labels: closed lists, and which of them an event has. Pure. */
final class LabelValues {
    /** Of a session that was never seen. */
    static final String UNSEEN = "unseen";

    /** Of an attempt to list something that brought a page. */
    private static final String PAGE = "page";

    private LabelValues() {}

    /** The label value of a constant: lower case, words joined by hyphens. */
    static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The label value of an attempt, see {@link io.sessionevents.session.AttemptListener}. */
    static String code(Lookup outcome) {
        return switch (outcome) {
            case Lookup.Found found -> "found";
            case Lookup.NotFound notFound -> "not-found";
            case Lookup.Refused refused -> code(refused.why());
            case Lookup.Unavailable none -> code(none.why());
        };
    }

    /** The label value of an attempt to list sessions. */
    static String code(Listing outcome) {
        return switch (outcome) {
            case Listing.Page page -> PAGE;
            case Failure failure -> code((Lookup) failure);
        };
    }

    /** The label value of an attempt to list applications. */
    static String code(ApplicationListing outcome) {
        return switch (outcome) {
            case ApplicationListing.Page page -> PAGE;
            case Failure failure -> code((Lookup) failure);
        };
    }

    /** The label value of a lookup: the same, less finely. */
    static String kind(Lookup outcome) {
        return switch (outcome) {
            case Lookup.Found found -> "found";
            case Lookup.NotFound notFound -> "not-found";
            case Lookup.Refused refused -> "refused";
            case Lookup.Unavailable none -> "unavailable";
        };
    }

    static List<String> lookups() {
        return List.of("found", "not-found", "refused", "unavailable");
    }

    static List<String> attempts() {
        return Stream.concat(Stream.of("found"), failures()).toList();
    }

    static List<String> lists() {
        return Stream.concat(Stream.of(PAGE), failures()).toList();
    }

    /** An open circuit makes no attempt. */
    private static Stream<String> failures() {
        Stream<Enum<?>> failures = Stream.concat(
                Stream.of(Lookup.Refusal.values()),
                Stream.of(Lookup.Trouble.values()).filter(why -> why != Lookup.Trouble.CIRCUIT_OPEN));
        return Stream.concat(Stream.of("not-found"), failures.map(LabelValues::code));
    }

    static List<String> registryCalls() {
        return List.of("answered", "unavailable", "unknown-schema", "refused");
    }

    static List<String> tracked() {
        return Stream.concat(Stream.of(UNSEEN), states(state -> !state.terminal()).stream())
                .toList();
    }

    static List<String> states(Predicate<SessionState> which) {
        return Arrays.stream(SessionState.values())
                .filter(which)
                .map(LabelValues::code)
                .toList();
    }

    static List<String> codes(Enum<?>... constants) {
        return Arrays.stream(constants).map(LabelValues::code).toList();
    }
}
