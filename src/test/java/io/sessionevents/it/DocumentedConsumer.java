package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Java example of docs/consuming.md, taken out of the document and started as the document says, with nothing on its class
 * path but Kafka's client and Avro, and what those two need: no library of any compression.
 */
final class DocumentedConsumer implements AutoCloseable {
    private static final Path DOCUMENT = Path.of("docs/consuming.md");
    private static final Pattern JAVA = Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private final Process process;
    private final Path output;

    private DocumentedConsumer(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static DocumentedConsumer start(LocalEnvironment environment, Path directory) throws IOException {
        Matcher example = JAVA.matcher(Files.readString(DOCUMENT));
        if (!example.find()) {
            throw new IllegalStateException("no Java example in " + DOCUMENT);
        }
        Path source = Files.writeString(directory.resolve("PrintChanges.java"), example.group(1));
        Path output = directory.resolve("changes.txt");
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                source.toString(),
                environment.kafka().bootstrapServers(),
                environment.registry().url());
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        return new DocumentedConsumer(builder.start(), output);
    }

    /** What it has printed so far. */
    String printed() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static String classPath() {
        List<Class<?>> oneOfEachJar = List.of(
                org.apache.kafka.clients.consumer.KafkaConsumer.class,
                org.apache.avro.Schema.class,
                com.fasterxml.jackson.databind.ObjectMapper.class,
                com.fasterxml.jackson.core.JsonFactory.class,
                com.fasterxml.jackson.annotation.JsonInclude.class,
                org.slf4j.Logger.class);
        return oneOfEachJar.stream()
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
