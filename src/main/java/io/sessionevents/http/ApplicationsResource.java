package io.sessionevents.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.health.UnavailableException;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.Source;
import io.sessionevents.session.SweptApplications;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The applications that the whole fleet sweeps, by source: one instance makes all sweeps of a source, and the one that was asked asks
 * them all. One that does not answer is named, and the answer is what the others have.
 */
final class ApplicationsResource {
    static final String PATH = "/api/v1/applications";
    private static final String SOURCES = "sources";

    private final SweptApplications sweeps;
    private final Supplier<FleetSessions> fleet;
    private final Peers peers;

    ApplicationsResource(SweptApplications sweeps, Supplier<FleetSessions> fleet, Peers peers) {
        this.sweeps = sweeps;
        this.fleet = fleet;
        this.peers = peers;
    }

    HttpAnswer answer(ApiRequest call) throws InterruptedException {
        call.query().expect(List.of(SweepStatusJson.SOURCE, ApiRequest.SCOPE));
        String source = source(call.query().one(SweepStatusJson.SOURCE));
        FleetSessions instances = fleet.get();
        return call.ownOnly() ? HttpAnswer.json(json(own(instances.instance(), source))) : ofAll(instances, source);
    }

    private HttpAnswer ofAll(FleetSessions instances, @Nullable String source) throws InterruptedException {
        SortedMap<String, ObjectNode> all = new TreeMap<>();
        List<String> incomplete = new ArrayList<>();
        try {
            all.putAll(own(instances.instance(), source));
        } catch (UnavailableException e) {
            incomplete.add(instances.instance());
        }
        String query = source == null ? "" : "?" + Query.encoded(SweepStatusJson.SOURCE, source);
        peers.ask(instances.others().addresses(), PATH + query).forEach((address, reply) -> {
            if (reply != null
                    && reply.status() == 200
                    && reply.body().path(SOURCES).isArray()) {
                add(reply.body().path(SOURCES), all);
            } else {
                incomplete.add(address);
            }
        });
        ObjectNode json = json(all);
        ArrayNode silent = json.putArray("incomplete");
        incomplete.forEach(silent::add);
        return HttpAnswer.json(json);
    }

    private SortedMap<String, ObjectNode> own(String instance, @Nullable String source) {
        SortedMap<String, ObjectNode> own = new TreeMap<>();
        sweeps.own().forEach((name, status) -> {
            if (source == null || source.equals(name)) {
                own.put(name, SweepStatusJson.of(name, status, instance));
            }
        });
        return own;
    }

    /** What another instance answered; of a source that two of them have, since it moves, the one that swept later counts. */
    private static void add(JsonNode sources, SortedMap<String, ObjectNode> all) {
        for (JsonNode source : sources) {
            if (source instanceof ObjectNode object
                    && object.path(SweepStatusJson.SOURCE).isTextual()
                    && object.path(SweepStatusJson.APPLICATIONS).isArray()) {
                all.merge(object.path(SweepStatusJson.SOURCE).textValue(), object, ApplicationsResource::later);
            }
        }
    }

    private static ObjectNode later(ObjectNode one, ObjectNode other) {
        return sweptAt(one).compareTo(sweptAt(other)) >= 0 ? one : other;
    }

    /** Of the application that was swept last; empty if none was. */
    private static String sweptAt(ObjectNode source) {
        String last = "";
        for (JsonNode application : source.path(SweepStatusJson.APPLICATIONS)) {
            String at = application.path(SweepStatusJson.SWEPT_AT).asText("");
            last = at.compareTo(last) > 0 ? at : last;
        }
        return last;
    }

    private static ObjectNode json(SortedMap<String, ObjectNode> sources) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray(SOURCES);
        sources.values().forEach(array::add);
        return json;
    }

    private static @Nullable String source(@Nullable String text) {
        try {
            return text == null ? null : Source.name(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage() + ".");
        }
    }
}
