package io.sessionevents.streams;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** What tells this machine, and what is drawn on it, from others. */
final class Machine {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NAME_BITS = 60;

    /** Digits and lower-case letters. */
    private static final int RADIX = 36;

    private Machine() {}

    /** Names the running kernel, the same in all its containers; empty where nothing tells it. */
    static String id() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** A dozen digits and letters that no other instance has drawn. */
    static String randomName() {
        return new BigInteger(NAME_BITS, RANDOM).toString(RADIX);
    }
}
