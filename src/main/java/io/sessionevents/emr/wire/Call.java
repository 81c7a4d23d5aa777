package io.sessionevents.emr.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * One request and its answer. It is sent once: where the connection ends before an answer came, nobody knows what was done with it. Only
 * a proxy that has asked for a login gets it again, because it has passed nothing on.
 */
final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private final Connections connections;
    private final Route route;
    private final Departure departure;
    private final Set<Relay> wantLogin;
    private final AbortSwitch abort = new AbortSwitch();

    /**
     * A call that has not begun.
     *
     * @param wantLogin the proxies that have asked for one; added to
     */
    Call(HttpExecuteRequest request, Connections connections, Departure departure, Set<Relay> wantLogin) {
        this.request = request;
        this.connections = connections;
        this.departure = departure;
        this.route = connections.route();
        this.wantLogin = wantLogin;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
        Relay relay = route.relay();
        if (relay == null || relay.login() == null) {
            return answer(null).forSdk();
        }
        boolean asked = wantLogin.contains(relay);
        Answer answer = answer(asked ? relay.login() : null);
        if (!asked && answer.asksForLogin() && ofProxy(answer)) {
            wantLogin.add(relay);
            answer = answer(relay.login());
        }
        return answer.forSdk();
    }

    /** What comes through a tunnel is the endpoint's. */
    private boolean ofProxy(Answer answer) {
        return route.forwarded() || answer.refusesTunnel();
    }

    private Answer answer(@Nullable Login login) throws IOException {
        byte[] bytes = RequestBytes.of(request.httpRequest(), content(), route, route.forwarded() ? login : null);
        Connection connection;
        try {
            connection = connections.take(abort, login);
        } catch (TunnelRefusedException e) {
            return Answer.refusal(e.head());
        }
        boolean stays = true;
        try {
            departure.await();
            stays = false;
            connection.send(bytes);
            Answer answer = Answer.read(connection.in(), request.httpRequest().method() == SdkHttpMethod.HEAD);
            stays = answer.staysOpen();
            return answer;
        } finally {
            if (abort.letGo() && stays) {
                connections.give(connection);
            } else {
                connections.drop(connection);
            }
        }
    }

    private byte[] content() throws IOException {
        ContentStreamProvider content = request.contentStreamProvider().orElse(null);
        if (content == null) {
            return new byte[0];
        }
        try (InputStream body = content.newStream()) {
            return body.readAllBytes();
        }
    }

    @Override
    public void abort() {
        try {
            abort.abort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
