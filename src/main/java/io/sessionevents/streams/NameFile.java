package io.sessionevents.streams;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file in which an instance keeps its name. It is replaced as a whole and forced to the disk, so it is never half written;
 * what is not whole is no name. It says where it lies (inode and time of creation), so that a copy is told from the original.
 */
record NameFile(Path path) {
    /** Kafka Streams appends the number of the StreamThread; 249 characters is what Kafka takes. */
    static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,240}");

    private static final int LARGEST = 4_096;
    private static final Pattern WHOLE =
            Pattern.compile("(?:#[^\n]*\n)*name=([^\n]*)\nholder=([^\n]*)\nplace=([^\n]*)\nend\n");

    private static final String COMMENT =
            "# By this name the consumer group knows the instance whose state this is. A copy gets another name.\n";

    /** What was found. */
    sealed interface Content {
        /** No file: the first start. */
        record None() implements Content {}

        /** @param holder the machine on which a process used the name when it ended without a word; empty if none did */
        record Kept(String name, String holder) implements Content {}

        /** The file is whole, but was written somewhere else. */
        record Copied(String name, String holder) implements Content {}

        /** There is something that is no name. */
        record Unusable(String why) implements Content {}
    }

    /** What is there. */
    Content read() {
        try {
            if (Files.size(path) > LARGEST) {
                return new Content.Unusable("it has " + Files.size(path) + " bytes, expected at most " + LARGEST);
            }
            Matcher whole = WHOLE.matcher(Files.readString(path, ISO_8859_1));
            if (!whole.matches() || !LEGAL.matcher(whole.group(1)).matches()) {
                return new Content.Unusable("it is not as this service writes it");
            }
            return whole.group(3).equals(place(path))
                    ? new Content.Kept(whole.group(1), whole.group(2))
                    : new Content.Copied(whole.group(1), whole.group(2));
        } catch (NoSuchFileException e) {
            return new Content.None();
        } catch (IOException e) {
            return new Content.Unusable("it cannot be read: " + e);
        }
    }

    /**
     * Replaces it.
     *
     * @param holder the machine on which a process uses the name from now on; empty if none does
     */
    void write(String name, String holder) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".tmp");
        Files.deleteIfExists(next);
        try (FileChannel channel = FileChannel.open(next, CREATE, TRUNCATE_EXISTING, WRITE)) {
            FileTime created = attributes(next).creationTime();
            String text = COMMENT + "name=" + name + "\nholder=" + holder + "\nplace=" + place(next) + "\nend\n";
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // Where no time of creation is kept, Java tells this one in its stead.
            Files.setLastModifiedTime(next, created);
            channel.force(true);
        }
        Files.move(next, path, ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent(), READ)) {
            directory.force(true);
        }
    }

    /** The inode tells a copy on the same file system, the time of creation one on another. */
    private static String place(Path file) throws IOException {
        long created = attributes(file)
                .creationTime()
                .toInstant()
                .truncatedTo(ChronoUnit.MILLIS)
                .toEpochMilli();
        return inode(file) + " " + created;
    }

    private static String inode(Path file) throws IOException {
        try {
            return String.valueOf(Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException e) {
            return "";
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
