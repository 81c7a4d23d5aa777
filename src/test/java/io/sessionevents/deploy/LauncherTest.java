package io.sessionevents.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of the distribution, with a Java that only shows its arguments, in a place with an awkward name. */
class LauncherTest {
    /** A command for which the launcher adds no options of its own. */
    private static final String UNKNOWN = "unknown";

    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    @TempDir
    private Path directory;

    private Path home;
    private Path launcher;
    private Path javaHome;

    private record Run(int code, List<String> lines) {}

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(directory.resolve("it's a $HOME of \"ours\", ü & 100%"));
        launcher = install(home);
        javaHome = Files.createDirectories(directory.resolve("my jdk"));
        Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        script(javaHome.resolve("bin/java"), "for one in \"$@\"; do printf '%s\\n' \"$one\"; done");
    }

    private static Path install(Path home) throws IOException {
        Path launcher = Files.createDirectories(home.resolve("bin")).resolve("session-events");
        Files.copy(Path.of("src/main/bin/session-events"), launcher);
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Path lib = Files.createDirectories(home.resolve("lib"));
        Files.createFile(lib.resolve("a.jar"));
        Files.createFile(lib.resolve("b c.jar"));
        return launcher;
    }

    @Test
    void shouldPassClassPathCacheAndArgumentsAsTheyAre() throws IOException, InterruptedException {
        Files.createFile(home.resolve("lib/session-events.aot"));

        Run run = run(Map.of(), launcher.toString(), "tail", "a b", "", "*", "$(id)");

        Path lib = home.toRealPath().resolve("lib");
        assertThat(run.code()).isZero();
        assertThat(run.lines())
                .contains("-XX:AOTCache=" + lib.resolve("session-events.aot"))
                .containsSequence(
                        "-cp",
                        lib.resolve("a.jar") + ":" + lib.resolve("b c.jar"),
                        "-Xms64m",
                        "-Xmx512m",
                        "io.sessionevents.Main",
                        "tail",
                        "a b",
                        "",
                        "*",
                        "$(id)");
    }

    @Test
    void shouldGiveJavaTheFlagsThatTestsHave() throws IOException, InterruptedException {
        List<String> flags = Files.readAllLines(Path.of("build/jvm.options")).stream()
                .filter(line -> line.startsWith("-"))
                .toList();

        assertThat(run(Map.of(), launcher.toString(), "run").lines()).startsWith(flags.toArray(String[]::new));
    }

    /** The other launcher, of a checkout that is built. */
    @ParameterizedTest
    @CsvSource({"bench, false", "run, false", "demo, true", "tail, true"})
    void shouldLetACheckoutMeasureWithTheBetterCompiler(String command, boolean quick)
            throws IOException, InterruptedException {
        Path own = checkout();
        script(own.resolveSibling(".mvn/find-jdk"), "echo \"" + javaHome + "\"");

        List<String> lines = run(Map.of(), own.toString(), command, "more").lines();

        assertThat(lines).containsSequence("io.sessionevents.local.command.LocalMain", command, "more");
        assertThat(lines.contains("-XX:TieredStopAtLevel=1")).isEqualTo(quick);
        assertThat(lines).contains("-XX:+UseSerialGC");
        assertThat(run(Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC"), own.toString(), command)
                        .lines())
                .contains(command)
                .doesNotContain("-XX:+UseSerialGC");
    }

    /** Neither cron nor a container need set HOME. */
    @Test
    void shouldRunAndBuildACheckoutWithoutAHome() throws IOException, InterruptedException {
        Path own = checkout();
        Path bin = directory.resolve("own");
        script(bin.resolve("getent"), "echo 'me:x:1000:1000::" + directory.resolve("of passwd") + ":/bin/sh'");
        Properties maven = new Properties();
        try (var file = Files.newInputStream(Path.of(".mvn/maven.properties"))) {
            maven.load(file);
        }
        String pinned = "apache-maven-" + maven.getProperty("version") + "-"
                + maven.getProperty("sha256").substring(0, 12);
        script(directory.resolve("of passwd/.m2/wrapper/dists/" + pinned + "/bin/mvn"), "echo \"$JAVA_HOME\" \"$@\"");
        script(javaHome.resolve("bin/javac"), "");
        Map<String, String> environment = Map.of("PATH", bin + ":" + System.getenv("PATH"));

        assertThat(run(environment, "env", "-u", "HOME", own.toString(), "demo").lines())
                .endsWith("io.sessionevents.local.command.LocalMain", "demo");
        assertThat(run(
                                environment,
                                "env",
                                "-u",
                                "HOME",
                                "-u",
                                "MAVEN_USER_HOME",
                                own.resolveSibling("mvnw").toString(),
                                "verify")
                        .lines())
                .containsExactly(javaHome + " verify");
    }

    /** The launcher of a checkout that is built. */
    private Path checkout() throws IOException {
        Path checkout = Files.createDirectories(directory.resolve("checkout"));
        for (String folder : List.of("src/main/bin", "src/local", "schemas", "build", ".mvn", "target")) {
            Files.createDirectories(checkout.resolve(folder));
        }
        for (String file : List.of(
                "session-events",
                "mvnw",
                "src/main/bin/session-events",
                "build/jvm.options",
                ".mvn/find-jdk",
                ".mvn/maven.properties")) {
            Files.copy(Path.of(file), checkout.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createFile(checkout.resolve("pom.xml"));
        Files.writeString(checkout.resolve("target/local.classpath"), "a.jar");
        return checkout.resolve("session-events");
    }

    private static void script(Path file, String command) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void shouldLetACacheBeMadeAnew() throws IOException, InterruptedException {
        Files.createFile(home.resolve("lib/session-events.aot"));

        assertThat(run(Map.of("JAVA_OPTS", "-XX:AOTCacheOutput=mine"), launcher.toString(), "run")
                        .lines())
                .contains("-XX:AOTCacheOutput=mine")
                .noneMatch(line -> line.startsWith("-XX:AOTCache="));
    }

    @Test
    void shouldDoWithoutACache() throws IOException, InterruptedException {
        assertThat(run(Map.of(), launcher.toString(), "run").lines()).noneMatch(line -> line.contains("AOTCache"));
    }

    @ParameterizedTest
    @CsvSource({"tail, tail", "dlq, dlq", "--help, help", "-V, help"})
    void shouldStartShortCommandsSoonAndKeepTheirClasses(String command, String kept)
            throws IOException, InterruptedException {
        assertThat(run(Map.of(), launcher.toString(), command).lines())
                .contains("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+AutoCreateSharedArchive")
                .anyMatch(line ->
                        line.startsWith("-XX:SharedArchiveFile=" + directory.resolve("cache/session-events") + "/")
                                && line.endsWith("-" + kept + ".jsa"));
    }

    @Test
    void shouldLetTheServiceBeFastForLongAndKeepItsClasses() throws IOException, InterruptedException {
        assertThat(run(Map.of(), launcher.toString(), "run").lines())
                .contains("-XX:+AutoCreateSharedArchive", "-Xlog:cds*=off")
                .anyMatch(line -> line.startsWith("-XX:SharedArchiveFile=") && line.endsWith("-run.jsa"))
                .noneMatch(line -> line.contains("Tiered") || line.contains("SerialGC") || line.contains("disable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo none >&2; exit 1",
                "echo Header; echo 'tmpfs 2048 1024 1024 50% /cache'",
                "echo Header; echo a b c d"
            })
    void shouldKeepNoClassesWhereThereIsNoRoom(String df) throws IOException, InterruptedException {
        Path bin = directory.resolve("own");
        script(bin.resolve("df"), df);

        Run run = run(Map.of("PATH", bin + ":" + System.getenv("PATH")), launcher.toString(), "tail");

        assertThat(run.code()).isZero();
        assertThat(run.lines()).contains("tail").noneMatch(line -> line.contains("Shared"));
    }

    @ParameterizedTest
    @CsvSource({"a8ab0bf0, true", "00000000, false", "62726f6b, false", "'', false"})
    void shouldDropClassesThatWereNotWrittenToTheirEnd(String beginning, boolean good)
            throws IOException, InterruptedException {
        Path archive = Path.of(run(Map.of(), launcher.toString(), "tail").lines().stream()
                .filter(line -> line.startsWith(ARCHIVE))
                .findFirst()
                .orElseThrow()
                .substring(ARCHIVE.length()));
        Files.write(archive, HexFormat.of().parseHex(beginning));

        assertThat(run(Map.of(), launcher.toString(), "tail").lines()).contains(ARCHIVE + archive);

        assertThat(Files.exists(archive)).isEqualTo(good);
    }

    @Test
    void shouldDropClassesOfLongAgoWhereItKeepsNewOnes() throws IOException, InterruptedException {
        Path cache = Files.createDirectories(directory.resolve("cache/session-events"));
        Path old = Files.createFile(cache.resolve("1-tail.jsa"));
        Path lately = Files.createFile(cache.resolve("2-tail.jsa"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(32))));

        assertThat(run(Map.of(), launcher.toString(), "tail").code()).isZero();

        assertThat(old).doesNotExist();
        assertThat(lately).exists();
    }

    @ParameterizedTest
    @CsvSource({"-XX:+UseG1GC, UseSerialGC", "-XX:SharedArchiveFile=mine, AutoCreate", "-Xshare:off, AutoCreate"})
    void shouldLeaveToJavaOptsWhatTheySay(String options, String left) throws IOException, InterruptedException {
        assertThat(run(Map.of("JAVA_OPTS", options), launcher.toString(), "tail")
                        .lines())
                .contains(options)
                .noneMatch(line -> line.contains(left));
        for (String variable : List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS")) {
            assertThat(run(Map.of(variable, options), launcher.toString(), "tail")
                            .lines())
                    .as(variable)
                    .contains("tail")
                    .noneMatch(line -> line.contains(left));
        }
    }

    @Test
    void shouldDoWithoutAPlaceForClasses() throws IOException, InterruptedException {
        Path file = Files.createFile(directory.resolve("file"));

        Run run = run(Map.of("XDG_CACHE_HOME", file.toString()), launcher.toString(), "tail");

        assertThat(run.code()).isZero();
        assertThat(run.lines()).contains("tail").noneMatch(line -> line.contains("Shared"));
    }

    @Test
    void shouldNameTheConfigurationOfTheInstallation() throws IOException, InterruptedException {
        assertThat(run(Map.of(), launcher.toString(), "tail").lines())
                .noneMatch(line -> line.contains("session-events.configuration"));
        Path file =
                Files.createFile(Files.createDirectories(home.resolve("config")).resolve("session-events.properties"));

        for (String command : List.of("tail", "validate", "run")) {
            assertThat(run(Map.of(), launcher.toString(), command).lines())
                    .contains("-Dsession-events.configuration=" + file.toRealPath());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-Xmx256m                        | -Xmx256m",
                "-Dfoo=\"a b\" -Xmx256m          | -Dfoo=a b, -Xmx256m",
                "\"-Dfoo=a b\"                   | -Dfoo=a b",
                "-Dfoo='a b'  -Dbar=c            | -Dfoo=a b, -Dbar=c",
                "-Dfoo=a\\ b                     | -Dfoo=a b",
                "-Dfoo=\"a \\\"b\\\" c\"         | -Dfoo=a \"b\" c",
                "-Dfoo=\"it's\"                  | -Dfoo=it's",
                "-Dre='\\d+' -Dre2=\"\\d+\"      | -Dre=\\d+, -Dre2=\\d+",
                "-Da=$(id) -Db=$HOME -Dc=`id`    | -Da=$(id), -Db=$HOME, -Dc=`id`",
                "-Dglob=* *                      | -Dglob=*, *",
                "-Da=x;id -Db=y&id               | -Da=x;id, -Db=y&id",
                "-Da=ü                           | -Da=ü"
            })
    void shouldSplitJavaOptionsAsAShellDoesAndExpandNothing(String options, String expected)
            throws IOException, InterruptedException {
        List<String> lines =
                run(Map.of("JAVA_OPTS", options), launcher.toString(), UNKNOWN).lines();

        assertThat(lines.subList(2, lines.indexOf("-cp"))).containsExactly(expected.split(", ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_OPTS, -Da=b, true, true",
        "JAVA_OPTS, -Xms256m, true, false",
        "JAVA_OPTS, -XX:InitialHeapSize=256m, true, false",
        "JAVA_OPTS, -Xmx1g, false, false",
        "JAVA_OPTS, -Da=b -XX:MaxRAMPercentage=50, false, false",
        "JAVA_OPTS, -XX:MaxRAM=1g, false, false",
        "JAVA_OPTS, -XX:MaxHeapSize=1g, false, false",
        "JAVA_OPTS, @/etc/session-events/jvm.options, false, false",
        "JAVA_OPTS, -XX:VMOptionsFile=options, false, false",
        "JAVA_OPTS, -XX:Flags=.hotspotrc, false, false",
        "JDK_JAVA_OPTIONS, -Xmx1g, false, false",
        "JAVA_TOOL_OPTIONS, -Xmx1g, false, false"
    })
    void shouldBoundTheHeapUnlessTheOptionsSpeakOfIt(String variable, String options, boolean bounded, boolean small)
            throws IOException, InterruptedException {
        List<String> lines =
                run(Map.of(variable, options), launcher.toString(), "run").lines();

        assertThat(lines.contains("-Xmx512m")).isEqualTo(bounded);
        assertThat(lines.contains("-Xms64m")).isEqualTo(small);
    }

    @Test
    void shouldSplitAtLineBreaksAndTabsToo() throws IOException, InterruptedException {
        List<String> lines = run(Map.of("JAVA_OPTS", "\n-Da=1\t-Db=2\n  -Dc=\"3\n4\"\n"), launcher.toString(), UNKNOWN)
                .lines();

        assertThat(lines.subList(2, lines.indexOf("-cp"))).containsExactly("-Da=1", "-Db=2", "-Dc=3", "4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dpassword=\"geheim", "-Dpassword='geheim", "\"", "-Da=\"b\\\""})
    void shouldSayThatAQuoteIsNotClosed(String options) throws IOException, InterruptedException {
        Run run = run(Map.of("JAVA_OPTS", options), launcher.toString(), "run");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.lines())
                .singleElement()
                .asString()
                .contains("a quote in JAVA_OPTS is not closed")
                .doesNotContain("geheim");
    }

    @Test
    void shouldFindItsHomeFromAnywhere() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(directory.resolve("link to it"), launcher);
        Path linkToLink = Files.createSymbolicLink(directory.resolve("second"), Path.of("link to it"));
        Files.createDirectories(directory.resolve("bin"));
        Map<String, String> elsewhere = Map.of("CDPATH", home + ":" + directory + ":/");

        for (String command : List.of(
                link.toString(),
                linkToLink.toString(),
                "./second",
                "./" + home.getFileName() + "/bin/session-events")) {
            assertThat(run(elsewhere, command, "run").lines())
                    .as(command)
                    .contains(home.toRealPath().resolve("lib/a.jar") + ":"
                            + home.toRealPath().resolve("lib/b c.jar"));
        }
    }

    @Test
    void shouldBeFoundOnThePath() throws IOException, InterruptedException {
        String path = home.resolve("bin") + ":" + System.getenv("PATH");

        assertThat(run(Map.of("PATH", path), "sh", "-c", "session-events version")
                        .lines())
                .contains("version");
    }

    @Test
    void shouldSayThatAClassPathCannotHoldAColon() throws IOException, InterruptedException {
        Path odd = install(directory.resolve("a:b"));

        Run run = run(Map.of(), odd.toString(), "run");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.lines()).singleElement().asString().contains("colons", "Move it");
    }

    @Test
    void shouldNotUseAnOldJava() throws IOException, InterruptedException {
        Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");

        assertThat(run(Map.of(), launcher.toString(), "version").lines()).noneMatch("io.sessionevents.Main"::equals);
    }

    private Run run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("JAVA_OPTS");
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output.lines().toList());
    }
}
