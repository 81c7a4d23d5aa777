package io.sessionevents.emr.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What came back for a request.
 *
 * @param body null if the answer has none by its kind
 * @param staysOpen whether the connection may carry another request
 * @param refusesTunnel whether a proxy gave it to a request for a tunnel
 */
record Answer(Head head, @Nullable InputStream body, boolean staysOpen, boolean refusesTunnel) {
    private static final Set<String> TOLD_OF_REFUSALS = Set.of("server", "proxy-authenticate");

    /**
     * Waits for it, and reads it whole: the connection is free then, whatever becomes of the body.
     *
     * @param toHead whether the request was HEAD
     */
    static Answer read(Incoming in, boolean toHead) throws IOException {
        Head head = Head.read(in);
        Framing framing = Framing.of(head, toHead);
        BodyReader reader = new BodyReader(in).read(framing);
        return new Answer(
                head,
                framing instanceof Framing.None ? null : reader.body(),
                reader.whole() && head.staysOpen() && !(framing instanceof Framing.UntilClose),
                false);
    }

    /**
     * The refusal of a tunnel, as an answer. It came before any encryption, so anybody may have given it: nothing is left in it that could
     * pass for a word of AWS's about a session.
     */
    static Answer refusal(Head head) {
        Map<String, List<String>> kept = new TreeMap<>(head.headers());
        kept.keySet().removeIf(name -> !TOLD_OF_REFUSALS.contains(name.toLowerCase(Locale.ROOT)));
        return new Answer(new Head(head.minor(), head.status(), head.reason(), kept), null, false, true);
    }

    /** Whether a proxy wants a login of the only kind that is known here. */
    boolean asksForLogin() {
        return head.status() == 407
                && head.values("Proxy-Authenticate").stream()
                        .anyMatch(challenge -> challenge.regionMatches(true, 0, "Basic", 0, "Basic".length()));
    }

    HttpExecuteResponse forSdk() {
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(head.status())
                        .statusText(head.reason())
                        .headers(head.headers())
                        .build())
                .responseBody(body == null ? null : AbortableInputStream.create(body))
                .build();
    }
}
