package io.sessionevents.it;

import java.io.IOException;

/** The PostgreSQL that comes with the build. */
final class Postgres {
    private Postgres() {}

    /** Whether it can run here; says in one line what is skipped if it cannot. */
    static boolean available(String suite) throws IOException, InterruptedException {
        // It refuses root, who therefore needs a user namespace to be somebody else in.
        if (!System.getProperty("user.name").equals("root") || ends("unshare", "-U", "true")) {
            return true;
        }
        System.out.println("skipped: " + suite + ", for PostgreSQL does not run as root without user namespaces");
        return false;
    }

    private static boolean ends(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
