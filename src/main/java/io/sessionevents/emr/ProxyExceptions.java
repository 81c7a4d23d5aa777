package io.sessionevents.emr;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that are reached without a proxy. An entry is a host name, which stands for the hosts below it as well, with or
 * without a leading dot or {@code *.}; a prefix or suffix with {@code *}; an address; a network as {@code 10.0.0.0/8}; or
 * {@code *} for all. A port may follow. Entries are separated by commas, bars or white space, and case is ignored.
 *
 * @param lists as they are set
 */
record ProxyExceptions(List<String> lists) {

    /** Whether the host is reached without a proxy. */
    boolean contain(String host, int port) {
        String name = bare(host.toLowerCase(Locale.ROOT));
        return lists.stream()
                .flatMap(list -> Stream.of(list.toLowerCase(Locale.ROOT).split("[,|\\s]+")))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> matches(entry, name, port));
    }

    private static boolean matches(String entry, String host, int port) {
        int colon = entry.lastIndexOf(':');
        boolean onlyColon = colon > 0 && entry.indexOf(':') == colon;
        boolean hasPort = onlyColon || (colon > 0 && entry.charAt(colon - 1) == ']');
        if (hasPort && entry.substring(colon + 1).matches("\\d{1,5}")) {
            return Integer.parseInt(entry.substring(colon + 1)) == port && matches(entry.substring(0, colon), host);
        }
        return matches(entry, host);
    }

    private static boolean matches(String entry, String host) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.indexOf('/') > 0) {
            return inNetwork(entry, host);
        }
        InetAddress address = address(bare(entry));
        if (address != null) {
            return address.equals(address(host));
        }
        if (entry.endsWith("*")) {
            return host.startsWith(entry.substring(0, entry.length() - 1));
        }
        String name = entry.replaceFirst("^\\*?\\.", "");
        boolean anyBeginning = entry.startsWith("*") && name.equals(entry);
        String below = anyBeginning ? entry.substring(1) : "." + name;
        return host.equals(name) || host.endsWith(below);
    }

    private static boolean inNetwork(String entry, String host) {
        String[] parts = entry.split("/", 2);
        InetAddress network = address(bare(parts[0]));
        InetAddress address = address(host);
        if (network == null || address == null || !parts[1].matches("\\d{1,3}")) {
            return false;
        }
        byte[] wanted = network.getAddress();
        byte[] given = address.getAddress();
        int bits = Integer.parseInt(parts[1]);
        if (wanted.length != given.length || bits > 8 * wanted.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((wanted[i / 8] & mask) != (given[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** The address that the text is; null if it is a name. Looks nothing up. */
    private static @Nullable InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
