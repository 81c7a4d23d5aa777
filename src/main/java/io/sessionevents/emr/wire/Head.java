package io.sessionevents.emr.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Status and headers of an answer.
 *
 * @param minor of the version: 1 for HTTP/1.1
 * @param reason as it was sent, perhaps empty
 * @param headers by name in whatever case
 */
record Head(int minor, int status, String reason, Map<String, List<String>> headers) {
    /** AWS's are below two; whoever sends more sends no answer. */
    static final int LARGEST_BYTES = 64 << 10;

    private static final String VERSION = "HTTP/1.";
    private static final int STATUS_LINE = "HTTP/1.1 200".length();

    /** The head of the answer; interim ones, which only say that it will come, are skipped. */
    static Head read(Incoming in) throws IOException {
        if (!in.more()) {
            throw new EOFException("the connection ended before an answer came");
        }
        int left = LARGEST_BYTES;
        while (true) {
            String status = checked(in.line(left));
            left -= status.length() + 1;
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = in.line(left); !line.isEmpty(); line = in.line(left)) {
                left -= line.length() + 1;
                add(line, headers);
            }
            var head = new Head(
                    status.charAt(VERSION.length()) - '0',
                    Integer.parseInt(status, STATUS_LINE - 3, STATUS_LINE, 10),
                    status.substring(STATUS_LINE).strip(),
                    headers);
            if (head.status >= 200) {
                return head;
            }
            if (head.status == 101) {
                throw new ProtocolException("the answer changes to another protocol");
            }
        }
    }

    private static String checked(String line) throws ProtocolException {
        if (line.length() < STATUS_LINE
                || !line.startsWith(VERSION)
                || !digits(line, VERSION.length(), VERSION.length() + 1)
                || line.charAt(VERSION.length() + 1) != ' '
                || !digits(line, STATUS_LINE - 3, STATUS_LINE)
                || line.charAt(STATUS_LINE - 3) == '0'
                || (line.length() > STATUS_LINE && line.charAt(STATUS_LINE) != ' ')) {
            throw new ProtocolException("the answer does not begin as one of HTTP/1.1");
        }
        return HeaderText.value(line);
    }

    /** A line that continues another one, which was allowed once, begins with a blank, as no name does. */
    private static void add(String line, Map<String, List<String>> headers) throws ProtocolException {
        int colon = line.indexOf(':');
        String name = HeaderText.name(line.substring(0, Math.max(colon, 0)));
        headers.computeIfAbsent(name, first -> new ArrayList<>(1))
                .add(HeaderText.value(line.substring(colon + 1).strip()));
    }

    /** Whether all of these characters are digits. */
    static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    List<String> values(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** Whether a header that lists words lists this one. */
    private boolean lists(String name, String word) {
        List<String> values = values(name);
        // Most answers have none.
        return !values.isEmpty()
                && values.stream()
                        .flatMap(value ->
                                Stream.of(value.toLowerCase(Locale.ROOT).split(",")))
                        .anyMatch(each -> each.strip().equals(word));
    }

    /** Whether the connection stays for another request. */
    boolean staysOpen() {
        return minor >= 1 && !lists("Connection", "close");
    }
}
