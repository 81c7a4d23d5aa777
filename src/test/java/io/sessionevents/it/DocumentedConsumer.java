package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An example of a document, docs/consuming.md unless another is named, taken out of the document and started as the document says, with what it says that it needs. */
final class DocumentedConsumer implements AutoCloseable {
    private static final Path DOCUMENT = Path.of("docs/consuming.md");
    private static final Path NODE_MODULES = Path.of("target/node");

    private final Process process;
    private final Path output;

    /** One language. */
    enum Client {
        JAVA("java", "PrintChanges.java"),
        PYTHON("python", "print_changes.py"),
        NODE("js", "print-changes.js");

        private final String fence;
        private final String file;

        Client(String fence, String file) {
            this.fence = fence;
            this.file = file;
        }

        /** What starts it; empty where this machine lacks something that it needs. */
        Optional<List<String>> command() throws IOException, InterruptedException {
            return switch (this) {
                case JAVA ->
                    Optional.of(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classPath()));
                case PYTHON ->
                    Stream.of("python3", "/usr/bin/python3")
                            .filter(python -> succeeds(List.of(python, "-c", "import avro, confluent_kafka")))
                            .findFirst()
                            .map(List::of);
                case NODE -> nodeModules() ? Optional.of(List.of("node")) : Optional.empty();
            };
        }

        /** Installs them unless an earlier run has. */
        private static boolean nodeModules() throws IOException {
            Files.createDirectories(NODE_MODULES);
            return Files.exists(NODE_MODULES.resolve("node_modules/kafkajs"))
                    || succeeds(List.of(
                            "npm",
                            "install",
                            "--silent",
                            "--prefix",
                            NODE_MODULES.toString(),
                            "kafkajs@2.2.4",
                            "@kafkajs/confluent-schema-registry@4.1.0"));
        }
    }

    private DocumentedConsumer(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static DocumentedConsumer start(Client client, List<String> command, LocalEnvironment environment, Path directory)
            throws IOException {
        return start(DOCUMENT, client, command, environment, List.of(), directory);
    }

    /** @param more arguments after the servers and the registry */
    static DocumentedConsumer start(
            Path document,
            Client client,
            List<String> command,
            LocalEnvironment environment,
            List<String> more,
            Path directory)
            throws IOException {
        Path source = Files.writeString(directory.resolve(client.file), example(document, client));
        Path output = directory.resolve("changes.txt");
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(
                source.toString(),
                environment.kafka().bootstrapServers(),
                environment.registry().url()));
        whole.addAll(more);
        var builder = new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .put(
                        "NODE_PATH",
                        NODE_MODULES.resolve("node_modules").toAbsolutePath().toString());
        return new DocumentedConsumer(builder.start(), output);
    }

    private static String example(Path document, Client client) throws IOException {
        Matcher example = Pattern.compile("^```" + client.fence + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(document));
        if (!example.find()) {
            throw new IllegalStateException("no example for " + client + " in " + document);
        }
        return example.group(1);
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

    /** Kafka's client and Avro, and what those two need: no library of any compression. */
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

    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
