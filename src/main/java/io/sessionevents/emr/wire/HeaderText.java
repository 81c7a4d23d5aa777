package io.sessionevents.emr.wire;

import java.net.ProtocolException;

/** What a header may consist of: anything else could end it, and begin another. */
final class HeaderText {
    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private HeaderText() {}

    /** The name, if it is one. */
    static String name(String name) throws ProtocolException {
        for (int i = 0; i < name.length(); i++) {
            if (!named(name.charAt(i))) {
                throw noName();
            }
        }
        if (name.isEmpty()) {
            throw noName();
        }
        return name;
    }

    private static ProtocolException noName() {
        return new ProtocolException("a header has a name that is none");
    }

    /** The value, if it is one. */
    static String value(String value) throws ProtocolException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new ProtocolException("a header has a value with control characters");
            }
        }
        return value;
    }

    /** What stands in a request line: no blank ends it early. */
    static String target(String target) throws ProtocolException {
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) <= ' ' || target.charAt(i) >= 0x7f) {
                throw new ProtocolException("the path of a request has characters that are not encoded");
            }
        }
        return target;
    }

    private static boolean named(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || MARKS.indexOf(c) >= 0;
    }
}
