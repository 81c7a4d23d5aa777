package io.sessionevents.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, as somebody sees it who looks at the page. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** Set by CI where it could be installed, so that nothing is skipped unseen. */
    private static final boolean REQUIRED = Boolean.parseBoolean(System.getenv("REQUIRE_BROWSER"));

    private static final List<String> ARGUMENTS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars");

    /** The page asks every five seconds; a test need not wait for that. What it asks, and when, stays the same otherwise. */
    private static final String HURRY =
            "const wait = window.setTimeout; window.setTimeout = (f, ms) => wait(f, ms === 5000 ? 500 : ms);"
                    // Every shift of what is shown, from the first one on.
                    + "window.shifts = []; new PerformanceObserver(list => list.getEntries()"
                    + ".filter(shift => !shift.hadRecentInput).forEach(shift => window.shifts.push({value: shift.value, of: shift.sources.map(source =>"
                    + " (source.node?.outerHTML ?? '').slice(0, 200)).join(' ')})))"
                    + ".observe({type: 'layout-shift', buffered: true});";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether there is one; says in one line what is skipped if there is none. */
    static boolean available(String suite) {
        if (Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER)) {
            return true;
        }
        if (REQUIRED) {
            throw new IllegalStateException(
                    "REQUIRE_BROWSER is set, and " + CHROMIUM + " or " + DRIVER + " is missing");
        }
        System.out.println("skipped: " + suite + ", for " + CHROMIUM + " or " + DRIVER
                + " is missing (Debian: apt-get install chromium chromium-driver)");
        return false;
    }

    /** @param profile an empty directory for what it keeps */
    static Browser start(Path profile) {
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(ARGUMENTS);
        options.addArguments("--user-data-dir=" + profile.toAbsolutePath());
        var logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        var driver = new ChromeDriver(service, options);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", HURRY));
        return new Browser(driver);
    }

    void open(String url) {
        driver.get(url);
    }

    String url() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    /** Opens another window and goes there; {@link #back} leaves it. */
    String newWindow() {
        String former = driver.getWindowHandle();
        driver.switchTo().newWindow(org.openqa.selenium.WindowType.TAB);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", HURRY));
        return former;
    }

    void back(String window) {
        driver.close();
        driver.switchTo().window(window);
    }

    /** What is written there; waits for it. */
    String text(String selector) {
        return await().ignoreException(StaleElementReferenceException.class)
                .until(() -> found(selector), Objects::nonNull);
    }

    private @Nullable String found(String selector) {
        List<WebElement> elements = driver.findElements(By.cssSelector(selector));
        return elements.isEmpty() ? null : elements.getFirst().getText();
    }

    /** Waits until that is written there. */
    void awaitText(String selector, String text) {
        await().ignoreException(StaleElementReferenceException.class)
                .alias(selector + " says " + text)
                .until(() -> found(selector), found -> found != null && found.contains(text));
    }

    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Keys go to what has the focus. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    @Nullable
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script whose answer is a promise. */
    @Nullable
    Object promised(String expression) {
        return driver.executeAsyncScript("const done = arguments[arguments.length - 1]; (" + expression
                + ").then(done, e => done('failed: ' + e));");
    }

    void dark(boolean dark) {
        media(dark ? "dark" : "light");
    }

    private void media(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** @param width in pixels */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void scripts(boolean run) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
    }

    /** As high as the page, but for what is longer than somebody would look at. */
    void screenshot(Path file, int width, int most) throws IOException {
        size(width, 200);
        long height =
                ((Number) Objects.requireNonNull(run("return document.documentElement.scrollHeight"))).longValue();
        size(width, (int) Math.min(height, most));
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What axe-core finds wrong with what is shown. */
    List<String> violations() {
        return violations("");
    }

    /** What it finds wrong with the colours, which alone differ between light and dark. */
    List<String> violationsOfColours() {
        return violations(", runOnly: ['color-contrast', 'link-in-text-block']");
    }

    private List<String> violations(String more) {
        run(resource("/axe.min.js"));
        Object found = promised(
                "axe.run(document, {resultTypes: ['violations']" + more + "}).then(result => JSON.stringify("
                        + "result.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))))");
        return Stream.of(json(String.valueOf(found)))
                .flatMap(violations -> Stream.iterate(0, i -> i < violations.size(), i -> i + 1)
                        .map(i -> violations.path(i).asText()))
                .toList();
    }

    /** Addresses that were asked for since this was asked last. */
    List<String> requests() {
        List<String> urls = new ArrayList<>();
        driver.manage().logs().get(LogType.PERFORMANCE).forEach(entry -> {
            JsonNode message = json(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                urls.add(message.at("/params/request/url").asText());
            }
        });
        return urls;
    }

    /** What the console says since this was asked last: errors of scripts, and what the policy of the page has refused. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        driver.manage().logs().get(LogType.BROWSER).forEach(entry -> complaints.add(entry.getMessage()));
        return complaints;
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = Browser.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
