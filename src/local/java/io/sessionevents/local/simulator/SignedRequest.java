package io.sessionevents.local.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A request that bears a signature of AWS Signature Version 4, and the check of it, written after the specification of IAM. */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record SignedRequest(String method, URI uri, Headers headers, byte[] body, Authorization authorization) {
    private static final HexFormat HEX = HexFormat.of();
    private static final Comparator<String[]> BY_NAME_AND_VALUE =
            Comparator.<String[], String>comparing(pair -> pair[0]).thenComparing(pair -> pair[1]);

    /** Null if it bears none. */
    static @Nullable SignedRequest of(HttpExchange exchange, byte[] body) {
        return Authorization.parse(exchange.getRequestHeaders().getFirst("Authorization"))
                .map(authorization -> new SignedRequest(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders(),
                        body,
                        authorization))
                .orElse(null);
    }

    /** Whether it shows that session token, and none where there is none. */
    boolean shows(@Nullable String token) {
        return Objects.equals(headers.getFirst("X-Amz-Security-Token"), token)
                && (token == null || authorization.signedHeaders().contains("x-amz-security-token"));
    }

    /** Whether who has signed it knows that secret. */
    boolean signedBy(String secret) {
        String text = String.join(
                "\n",
                Authorization.ALGORITHM,
                Objects.requireNonNullElse(headers.getFirst("X-Amz-Date"), ""),
                authorization.scope(),
                HEX.formatHex(sha256(canonical().getBytes(UTF_8))));
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String part :
                List.of(authorization.date(), authorization.region(), authorization.service(), "aws4_request")) {
            key = hmac(key, part);
        }
        return HEX.formatHex(hmac(key, text)).equals(authorization.signature());
    }

    private String canonical() {
        return String.join(
                "\n",
                method,
                uri.getRawPath().replace("%", "%25"),
                query(),
                authorization.signedHeaders().stream()
                        .map(name -> name + ":" + header(name) + "\n")
                        .collect(joining()),
                String.join(";", authorization.signedHeaders()),
                HEX.formatHex(sha256(body)));
    }

    private String query() {
        String query = uri.getRawQuery();
        return query == null
                ? ""
                : Arrays.stream(query.split("&", -1))
                        .map(pair -> Arrays.copyOf((pair + "=").split("=", -1), 2))
                        .sorted(BY_NAME_AND_VALUE)
                        .map(pair -> pair[0] + "=" + pair[1])
                        .collect(joining("&"));
    }

    private String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.stream().map(value -> value.strip().replaceAll(" +", " ")).collect(joining(","));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
