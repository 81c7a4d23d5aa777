package io.sessionevents.emr.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Knows the addresses of hosts. */
@FunctionalInterface
interface Names {
    /** All of them, the preferred one first. */
    InetAddress[] of(String host) throws UnknownHostException;
}
