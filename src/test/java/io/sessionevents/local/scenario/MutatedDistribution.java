package io.sessionevents.local.scenario;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A distribution in which one class of the service is another: a mutant that no setting can make. */
final class MutatedDistribution {
    /** Comes first on the class path, which is in the order of the alphabet. */
    private static final String FIRST = "0-mutant.jar";

    private MutatedDistribution() {}

    /**
     * Copies a distribution and puts that class in the place of its own.
     *
     * @param home of the original
     * @param directory for the copy
     * @param className with its package
     * @param source of the class
     * @return home of the mutant
     */
    static Path of(Path home, Path directory, String className, String source) throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        Path bin = Files.createDirectories(directory.resolve("bin"));
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            for (Path jar : (Iterable<Path>) jars::iterator) {
                Files.createLink(lib.resolve(jar.getFileName()), jar);
            }
        }
        try (Stream<Path> scripts = Files.list(home.resolve("bin"))) {
            for (Path script : (Iterable<Path>) scripts::iterator) {
                Files.copy(script, bin.resolve(script.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path classes = compiled(directory.resolve("classes"), lib, className, source);
        try (OutputStream file = Files.newOutputStream(lib.resolve(FIRST));
                var jar = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path type : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                jar.putNextEntry(new JarEntry(classes.relativize(type).toString()));
                Files.copy(type, jar);
            }
        }
        return directory;
    }

    private static Path compiled(Path classes, Path lib, String className, String source) throws IOException {
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", classPath(lib));
        if (!compiler.getTask(null, null, null, options, null, List.of(file)).call()) {
            throw new IOException("the mutant of " + className + " does not compile");
        }
        return classes;
    }

    /** Wildcards are the work of javac's launcher, which takes no part here. */
    private static String classPath(Path lib) throws IOException {
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }
}
