package io.sessionevents;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The blocks of code of all documents: fenced ones, and indented ones. */
public final class DocumentBlocks {
    private static final Pattern FENCE = Pattern.compile(" *```(.*)");
    private static final Pattern INDENTED = Pattern.compile(" {4,}\\S.*");
    private static final String INDENT = "    ";

    private DocumentBlocks() {}

    /**
     * One block.
     *
     * @param line of its first line in the document, from 1
     * @param language as the fence names it; empty where it names none
     * @param lines without indentation
     */
    public record Block(String document, int line, String language, List<String> lines) {
        /** Where it is, and how it begins. */
        @Override
        public String toString() {
            return document + ":" + line + " " + lines.getFirst();
        }

        /** Its lines, those that a backslash continues in one, without comments and prompts. */
        public List<String> commands() {
            return String.join("\n", lines)
                    .replaceAll("\\\\\\n\\s*", "")
                    .lines()
                    .map(line -> line.replaceFirst("^\\$ ", "")
                            .replaceFirst("\\s+#\\s.*", "")
                            .strip())
                    .toList();
        }
    }

    /** Those of every document, in their order. */
    public static List<Block> all() {
        return DocumentLinks.files(Path.of(""), "docs", "deploy")
                .filter(file -> file.toString().endsWith(".md"))
                .sorted()
                .flatMap(file -> of(file).stream())
                .toList();
    }

    private static List<Block> of(Path file) {
        List<String> lines = DocumentLinks.text(file).lines().toList();
        List<Block> blocks = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            var fence = FENCE.matcher(lines.get(at));
            int end = at + 1;
            if (fence.matches()) {
                while (!lines.get(end).strip().startsWith("```")) {
                    end++;
                }
                blocks.add(block(file, fence.group(1), lines, at + 1, end));
                end++;
            } else if (INDENTED.matcher(lines.get(at)).matches()
                    && (at == 0 || lines.get(at - 1).isBlank())) {
                while (end < lines.size() && lines.get(end).startsWith(INDENT)) {
                    end++;
                }
                blocks.add(block(file, "", lines, at, end));
            }
            at = end;
        }
        return blocks;
    }

    private static Block block(Path file, String language, List<String> lines, int from, int to) {
        return new Block(
                file.toString(),
                from + 1,
                language,
                String.join("\n", lines.subList(from, to)).stripIndent().lines().toList());
    }
}
