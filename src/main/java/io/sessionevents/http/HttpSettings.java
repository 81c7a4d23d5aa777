package io.sessionevents.http;

import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where health, metrics and the API are offered.
 *
 * @param port 0 means a free one
 * @param advertisedAddress where other instances reach this one, {@code host:port}; null leaves it to host and port
 * @param page whether the page is offered too
 */
public record HttpSettings(String host, int port, @Nullable String advertisedAddress, boolean page) {
    static final Setting<Integer> HTTP_PORT = Setting.optional(
            "http.port",
            "8080",
            "a whole number from 0 to 65535",
            "Port of health, metrics and the API; 0 for a free one, which the log names.",
            Parsers.integer(0, 65_535));
    static final Setting<String> HTTP_HOST = Setting.optional(
            "http.host",
            "127.0.0.1",
            "a host name or an address",
            "Address of health, metrics and the API; 0.0.0.0 for all addresses.",
            Parsers::text);
    static final Setting<String> HTTP_ADVERTISED = Setting.without(
            "http.advertised.address",
            "host:port, an IPv6 address in brackets",
            "Where other instances reach this one, to ask for its sessions. Default: `http.host` and the bound port, or this machine's name if `http.host` is all addresses. In Kubernetes use the pod's address, because its plain name is unknown to the others.",
            Parsers::hostAndPort);
    static final Setting<Boolean> HTTP_PAGE = Setting.optional(
            "http.page",
            "false",
            "true or false",
            "Whether `/` is a page for people, with the sessions, budgets and trouble of the whole fleet. It shows what the API answers, to whoever reaches that.",
            Parsers::bool);

    /** Their keys. */
    public static final List<Setting<?>> ALL = List.of(HTTP_PORT, HTTP_HOST, HTTP_ADVERTISED, HTTP_PAGE);

    /**
     * Where others on the same machine ask.
     *
     * @return null if the port is a free one, which only the log names
     */
    public @Nullable URI localUrl() {
        return port == 0 ? null : URI.create("http://" + localHost() + ":" + port);
    }

    /** All addresses are none that can be asked. */
    private String localHost() {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }

    /** What the values say. */
    public static HttpSettings of(Values values) {
        return new HttpSettings(
                values.get(HTTP_HOST), values.get(HTTP_PORT), values.find(HTTP_ADVERTISED), values.get(HTTP_PAGE));
    }
}
