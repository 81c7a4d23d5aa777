package io.sessionevents.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one record asks for. Handled by {@code switch} without {@code default}. */
public sealed interface Request {

    /** It concerns one session. */
    sealed interface OfSession extends Request {
        SessionKey key();
    }

    /** It concerns one application. */
    sealed interface OfApplication extends Request {
        ApplicationKey key();
    }

    /** Track the session until it ends; if it is tracked already, look at it now. */
    record Track(SessionKey key, Map<String, String> labels) implements OfSession {
        public Track {
            labels = Map.copyOf(labels);
        }
    }

    /** Stop tracking the session. */
    record Stop(SessionKey key) implements OfSession {}

    /**
     * Look at the session before its turn if it is tracked, because a sweep saw something.
     *
     * @param sighting what it saw; null: that the session is not there any more
     */
    record Wake(SessionKey key, @Nullable Sighting sighting) implements OfSession {}

    /**
     * Track the session, which a sweep has found in an application that is tracked; if it is known already, what was seen of it wakes it.
     *
     * @param labels of the application
     */
    record Discover(SessionKey key, Map<String, String> labels, Sighting sighting) implements OfSession {
        public Discover {
            labels = Map.copyOf(labels);
        }
    }

    /** Track every session of the application, those to come included. */
    record TrackApplication(ApplicationKey key, Map<String, String> labels) implements OfApplication {
        public TrackApplication {
            labels = Map.copyOf(labels);
        }
    }

    /** Track no more sessions of the application than are tracked already. */
    record StopApplication(ApplicationKey key) implements OfApplication {}

    /** A session of the application is tracked, so that sweeps of it can tell when to look. */
    record SweepApplication(ApplicationKey key) implements OfApplication {}

    /**
     * Nothing: the record tells of something that concerns no session.
     *
     * @param message for people
     */
    record Nothing(String message) implements Request {}

    /**
     * The record cannot be understood.
     *
     * @param message for people; never quotes the contents at length
     */
    record Unreadable(DeadLetterReason reason, String message) implements Request {}
}
