package io.sessionevents.local.command.demo;

import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.net.URI;
import java.util.List;

/** What is to be seen, and what can be done meanwhile from another terminal. */
final class Guide {
    private Guide() {}

    static List<String> lines(DemoPlan plan, LocalEnvironment environment, URI http, SessionKey session) {
        String config = " --config $C ";
        String credentials = "AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s "
                .formatted(LocalEnvironment.USER.id(), LocalEnvironment.USER.secret());
        return List.of(
                "Tracking application %s, which %s; %s in it, by nobody's doing, and live%s %s. %d s, at most %s lookups per second."
                        .formatted(
                                session.applicationId(),
                                plan.discover() ? "the service finds" : "is published",
                                Counted.of(plan.sessions(), "session") + (plan.sessions() == 1 ? " begins" : " begin"),
                                plan.sessions() == 1 ? "s" : "",
                                pace(plan.compression()),
                                plan.duration().toSeconds(),
                                plan.rate()),
                "CHANGE shows states as AWS sends them; SEQ numbers the events of a session; LAG is how long a state had lasted when the service saw it.",
                "In a browser: " + http + "/",
                "Meanwhile, in another terminal:",
                "  C=" + DemoDirectory.file(environment.directory()),
                "  ./session-events tail" + config.stripTrailing(),
                "  ./session-events tail --alerts --from-beginning" + config.stripTrailing(),
                "  ./session-events track" + config + session,
                "  " + credentials + "./session-events get-session" + config + session,
                "  curl " + http + "/api/v1/sessions/" + session,
                "AWS is simulated at %s. Kafka %s, registry %s"
                        .formatted(
                                environment.emr().url(),
                                environment.kafka().bootstrapServers(),
                                environment.registry().url()));
    }

    /** How long sessions live, by how many times shorter that is than in AWS. */
    static String pace(double compression) {
        return compression < 1.5 ? "about as long as in AWS" : "%.0f times faster than in AWS".formatted(compression);
    }
}
