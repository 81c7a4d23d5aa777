package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import io.sessionevents.session.SessionState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A state as a shape and a word; its colour says nothing that these do not. */
final class StateMark {
    private StateMark() {}

    static Node of(SessionState state) {
        return element("span", with("class", "state " + name(state)), shape(), text(state.name()));
    }

    /** The same of a state as AWS sent it; null before the first look. */
    static Node ofRaw(@Nullable String rawState) {
        if (rawState == null) {
            return unseen();
        }
        SessionState state = SessionState.of(rawState);
        return state == SessionState.UNKNOWN
                ? element("span", with("class", "state " + name(state)), shape(), outside(rawState))
                : of(state);
    }

    static Node unseen() {
        return element("span", with("class", "state unseen"), shape(), text("not seen yet"));
    }

    /** What the stylesheet calls it. */
    static String name(SessionState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Node shape() {
        return element("i", with("class", "shape"), with("aria-hidden", "true"));
    }
}
