package io.sessionevents.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a browser: two instances of one fleet, two sources, sessions in every state. */
class PageIT {
    private static final Path IMAGES = Path.of("docs/images");
    private static final long LARGEST_IMAGE = 150_000;

    @TempDir
    private static Path directory;

    private static PageWorld world;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.available("PageIT"), "no browser");
        world = PageWorld.start(directory);
        browser = Browser.start(Files.createDirectory(directory.resolve("profile")));
        world.awaitSeen();
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (world != null) {
            world.end();
        }
    }

    @AfterEach
    void everyoneSeesIt() {
        browser.scripts(true);
        browser.dark(false);
        browser.size(1280, 900);
    }

    @Test
    void shouldShowTheFleetNow() {
        browser.open(world.page("/"));

        browser.awaitText(".verdict", "All is well");
        assertThat(browser.text("#state-idle")).isEqualTo("IDLE\n" + world.count("IDLE"));
        assertThat(browser.text("#state-busy")).isEqualTo("BUSY\n" + world.count("BUSY"));
        assertThat(browser.texts("#budgets + table tbody th")).containsExactly("default", "prod-eu");
        assertThat(browser.texts("#instances + table tbody th"))
                .containsExactlyInAnyOrder(
                        world.one().getAuthority(), world.other().getAuthority());
        assertThat(browser.text("#trouble")).contains("None.");
        assertThat(browser.text(".seal")).isEqualTo("read only");
        assertThat(browser.text("#age")).matches("as of \\d\\d:\\d\\d:\\d\\d UTC, \\d+ s ago");
    }

    @Test
    void shouldFilterAndSortByItsUrl() {
        browser.open(world.page("/sessions?state=IDLE&sort=-updatedAt"));

        assertThat(browser.texts("tbody .mark")).hasSize(world.count("IDLE")).containsOnly("IDLE");
        assertThat(browser.run("return document.querySelector('select[name=sort]').value"))
                .isEqualTo("-updatedAt");

        browser.click("input[value=BUSY]");
        await().until(() -> browser.url().contains("state=BUSY"));
        assertThat(browser.url()).contains("state=IDLE", "sort=-updatedAt");
        assertThat(browser.texts("tbody .mark"))
                .hasSize(world.count("IDLE") + world.count("BUSY"))
                .containsOnly("IDLE", "BUSY");

        browser.click("th.mark .sort");
        await().until(() -> browser.url().contains("sort=state"));
        assertThat(browser.texts("tbody .mark")).isSorted();
        assertThat(browser.text("th.mark")).isEqualTo("State");

        browser.open(world.page("/sessions?source=prod-eu"));
        assertThat(browser.texts("tbody th")).isNotEmpty().allMatch(key -> key.startsWith("prod-eu:"));

        browser.open(world.page("/sessions?applicationId=nothing"));
        assertThat(browser.text(".empty")).contains("No session is like that.");

        browser.open(world.page("/sessions?state=ASLEEP"));
        assertThat(browser.text("main")).contains("That cannot be shown", "\"ASLEEP\"", "SUBMITTED, STARTING");
    }

    @Test
    void shouldShowOneSession() {
        browser.open(world.page("/sessions"));
        browser.click("#session-" + escaped(world.ended().key().toString()) + " a");

        browser.awaitText(".history", "Usage settled, revision 1");
        assertThat(browser.text(".standing")).startsWith("TERMINATED\nfor ");
        assertThat(browser.texts(".entry.change")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(browser.texts(".entry.change").getLast()).contains("TERMINATED", "AWS says ", "a window of ");
        assertThat(browser.text(".facts")).contains(world.ended().key().applicationId(), "somebody published its ID");

        browser.open(world.page("/sessions/none/none"));
        assertThat(browser.text("h1")).isEqualTo("Unknown session");
    }

    @Test
    void shouldRefreshInPlaceWhileSessionsChange() {
        browser.open(world.page("/"));
        browser.run("window.same = true; document.querySelector('#state-busy a').focus();");
        SimulatedSession session = world.restless();
        int busy = world.count("BUSY");
        session.then("BUSY", Instant.now());

        browser.awaitText("#state-busy", Integer.toString(busy + 1));
        session.then("IDLE", Instant.now());
        browser.awaitText("#state-busy", Integer.toString(busy));

        assertThat(browser.run("return window.same")).isEqualTo(true);
        assertThat(browser.run("return document.activeElement.closest('li').id"))
                .isEqualTo("state-busy");
        assertThat(shifts())
                .as("less than a pixel in what is seen: %s", browser.run("return JSON.stringify(window.shifts)"))
                .isLessThan(0.001);
    }

    @Test
    void shouldAskForNothingThatItHas() {
        browser.open(world.page("/sessions?state=IDLE&source=prod-eu"));
        browser.awaitText("#connection", "live");

        await().untilAsserted(() -> assertThat(
                        browser.promised(
                                "fetch(location.href).then(a => fetch(location.href, {headers: {'If-None-Match': a.headers.get('ETag')},"
                                        + " cache: 'no-store'})).then(a => a.status + ' ' + a.headers.has('Session-Events-As-Of'))"))
                .isEqualTo("304 true"));
    }

    @Test
    void shouldStopWhilePausedOrHidden() {
        browser.open(world.page("/"));
        browser.click("#pause");
        browser.awaitText("#connection", "paused");
        assertNothingAsked();

        browser.click("#pause");
        browser.awaitText("#connection", "live");
        browser.run("Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
                + "document.dispatchEvent(new Event('visibilitychange'));");
        assertNothingAsked();

        browser.run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'));");
        browser.requests();
        await().until(() -> !browser.requests().isEmpty());
    }

    /** It would ask every 500 ms. */
    private static void assertNothingAsked() {
        await().until(() -> browser.requests().isEmpty());
        await().during(Duration.ofSeconds(1)).until(() -> browser.requests().isEmpty());
    }

    @Test
    void shouldSayWhoIsAwayAndRecover() throws Exception {
        browser.open(world.page("/"));
        browser.awaitText(".verdict", "All is well");
        String first = browser.newWindow();
        browser.open(world.other() + "/");
        browser.awaitText("#connection", "live");

        try (ChildProcess killed = world.killOther()) {
            browser.awaitText("#connection", "no answer");
            assertThat(browser.run("return document.documentElement.classList.contains('stale')"))
                    .isEqualTo(true);
            assertThat(browser.text("#age")).startsWith("as of ");
            String second = browser.newWindow();
            browser.open(world.page("/"));
            browser.awaitText("#trouble", "An instance does not answer");
            browser.awaitText("#trouble", world.other().getAuthority());
            document("trouble", 1280, false);
            browser.back(second);

            world.startOther();
            browser.awaitText("#connection", "live");
            browser.awaitText(".verdict", "All is well");
            assertThat(killed.alive()).isFalse();
        }
        browser.back(first);
        browser.awaitText(".verdict", "All is well");
    }

    @Test
    void shouldWorkWithoutScript() {
        browser.scripts(false);
        browser.open(world.page("/"));

        assertThat(browser.text("#state-idle")).isEqualTo("IDLE\n" + world.count("IDLE"));
        assertThat(browser.text("#connection")).isEqualTo("Reload");
        assertThat(browser.text("#age")).matches("as of \\d\\d:\\d\\d:\\d\\d UTC");

        browser.click("#state-idle a");
        await().until(() -> browser.url().endsWith("/sessions?status=tracked&state=IDLE"));
        assertThat(browser.texts("tbody .mark")).hasSize(world.count("IDLE"));
        browser.click("input[value=IDLE]");
        browser.click("input[value=BUSY]");
        browser.click(".filter button");
        await().until(() -> browser.url().contains("state=BUSY"));
        assertThat(browser.texts("tbody .mark")).hasSize(world.count("BUSY")).containsOnly("BUSY");

        browser.click("tbody th a");
        await().until(() -> browser.url().contains("/sessions/"));
        assertThat(browser.text(".history")).contains("BUSY");
    }

    @Test
    void shouldBeReadableByEverybody() {
        for (String path : List.of(
                "/",
                "/sessions",
                "/sessions?applicationId=nothing",
                "/sessions?state=ASLEEP",
                "/sessions/" + world.ended().key())) {
            browser.open(world.page(path));
            assertThat(browser.violations()).as(path).isEmpty();
            browser.dark(true);
            assertThat(browser.violationsOfColours()).as(path + " dark").isEmpty();
            browser.dark(false);
        }
    }

    @Test
    void shouldFitOnATelephoneAndOnAWall() {
        for (int width : new int[] {400, 3840}) {
            browser.size(width, 900);
            for (String path :
                    List.of("/", "/sessions", "/sessions/" + world.ended().key())) {
                browser.open(world.page(path));
                assertThat(browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
                        .as(path + " at " + width)
                        .isEqualTo(true);
            }
        }
        assertThat((Double) browser.run("return parseFloat(getComputedStyle(document.body).fontSize)"))
                .as("on a wall letters are larger")
                .isGreaterThan(20);
    }

    @Test
    void shouldBeUsedByKeysAlone() {
        browser.open(world.page("/"));
        browser.press(Keys.TAB);
        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("Skip to the content");
        browser.press(Keys.ENTER);
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("main");

        browser.open(world.page("/sessions"));
        browser.run("document.querySelector('input[value=IDLE]').focus()");
        browser.press(Keys.SPACE);
        await().until(() -> browser.url().contains("state=IDLE"));
        browser.run("document.querySelector('tbody th a').focus()");
        browser.press(Keys.ENTER);
        await().until(() -> browser.url().contains("/sessions/"));
    }

    @Test
    void shouldShowHostileNamesAsText() {
        browser.open(world.page("/sessions/" + world.hostile().key()));

        browser.awaitText("h1", PageWorld.HOSTILE.replace("\u202e", "[U+202E]").replace("\u200b", "[U+200B]"));
        assertThat(browser.run("return document.querySelectorAll('main script, main img').length"))
                .isEqualTo(0L);
        assertThat(browser.run("return document.querySelector('h1').firstElementChild.tagName"))
                .isEqualTo("BDI");
        assertThat(browser.run("return window.evil")).isNull();
    }

    @Test
    void shouldAskNobodyElse() {
        browser.requests();
        List<String> asked = new ArrayList<>();
        for (String path :
                List.of("/", "/sessions", "/sessions/" + world.hostile().key())) {
            browser.open(world.page(path));
            browser.awaitText("#connection", "live");
            asked.addAll(browser.requests());
        }

        assertThat(asked)
                .hasSizeGreaterThan(9)
                .filteredOn(url -> !url.startsWith("data:"))
                .allMatch(
                        url -> URI.create(url).getAuthority().equals(world.one().getAuthority()), "asks its origin");
    }

    /** The module says times as the server does, or else they would jump when it takes over. */
    @Test
    void shouldSayTimesAsTheServerDoes() {
        browser.open(world.page("/"));

        assertThat(browser.promised(
                        "import('/page/page.js').then(page => [-5000, 999, 59999, 60000, 3599000, 3600000, 12059000,"
                                + " 86399000, 86400000, 187200000].map(page.elapsed).join(', '))"))
                .isEqualTo("0 s, 0 s, 59 s, 1 min, 59 min, 1 h, 3 h 20 min, 23 h 59 min, 1 d, 2 d 4 h");
    }

    @Test
    void shouldBeAsTheDocumentsShowIt() throws IOException {
        browser.open(world.page("/"));
        browser.awaitText(".verdict", "All is well");
        document("now-light", 1280, false);
        document("now-dark", 1280, true);
        browser.open(world.page("/sessions?sort=-updatedAt"));
        document("sessions", 1280, false);
        document("sessions-narrow", 400, false);
        browser.open(world.page("/sessions/" + world.ended().key()));
        document("session", 1280, false);
        browser.open(world.page("/sessions?applicationId=nothing"));
        document("empty", 1280, false);
    }

    /** Takes the picture of that name if asked to; else there must be one. */
    private static void document(String name, int width, boolean dark) throws IOException {
        Path image = IMAGES.resolve(name + ".png");
        if (Boolean.getBoolean("update.docs")) {
            browser.dark(dark);
            browser.screenshot(
                    Files.createDirectories(IMAGES).resolve(name + ".png"), width, width < 1000 ? 1100 : 800);
        }
        assertThat(image)
                .as("renew it with ./mvnw verify -Dit.test=PageIT -Dupdate.docs=true")
                .isRegularFile();
        assertThat(Files.size(image)).isLessThan(LARGEST_IMAGE);
    }

    private static double shifts() {
        Object sum = browser.run("return window.shifts.reduce((sum, shift) => sum + shift.value, 0)");
        return ((Number) requireNonNull(sum)).doubleValue();
    }

    private static String escaped(String key) {
        return key.replaceAll("[/:]", "\\\\$0");
    }
}
