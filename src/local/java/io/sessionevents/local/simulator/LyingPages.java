package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes true pages wrong. Safe for use by many threads. */
final class LyingPages {
    /** What is left out of 17 items without a token. */
    private static final int LEFT_OUT = 3;

    private static final List<String> TIMES = List.of("createdAt", "updatedAt");

    private final Random random;

    LyingPages(long seed) {
        this.random = new Random(seed);
    }

    /** The page with that lie; the same page if there is no way to tell it. */
    synchronized ListPage tell(Lie lie, ListPage page, ListQuery query) {
        int size = page.items().size();
        if (size == 0) {
            return page;
        }
        return switch (lie) {
            case ITEM_MISSING -> page.with(without(page.items(), random.nextInt(size)));
            case ITEM_TWICE -> page.with(added(page.items(), page.items().get(random.nextInt(size))));
            case SHORT_PAGE_WITH_TOKEN -> page.shortened(some(size, query), query);
            case NO_TOKEN_THOUGH_MORE -> new ListPage(page.items().subList(0, Math.max(0, size - LEFT_OUT)), null);
            case MALFORMED_ITEM -> malformed(page, random.nextInt(size));
            case OLD_SUMMARY -> old(page);
            case GHOST_ITEM -> ghost(page, page.items().getFirst());
            case STALE_PAGE, THIRD_PAGE_503, REFUSED -> page;
        };
    }

    /** Half of them; none at all on the first page only, so that whoever goes on comes to the end. */
    private int some(int size, ListQuery query) {
        return query.page() == 0 && random.nextBoolean() ? 0 : Math.ceilDiv(size, 2);
    }

    private static List<ListPage.Item> without(List<ListPage.Item> items, int index) {
        List<ListPage.Item> fewer = new ArrayList<>(items);
        fewer.remove(index);
        return fewer;
    }

    private static List<ListPage.Item> added(List<ListPage.Item> items, ListPage.Item another) {
        List<ListPage.Item> more = new ArrayList<>(items);
        more.add(another);
        return more;
    }

    private ListPage malformed(ListPage page, int index) {
        ListPage.Item item = page.items().get(index);
        ObjectNode json = item.json().deepCopy();
        String time = TIMES.get(random.nextInt(TIMES.size()));
        String id = json.has("sessionId") ? "sessionId" : "id";
        var malformed = switch (random.nextInt(8)) {
            case 0 -> json.put(time, "yesterday");
            case 1 -> json.put(time, "2026-13-45T99:00:00Z");
            case 2 -> json.putNull(time);
            case 3 -> json.put(time, 1e300);
            case 4 -> json.without("state");
            case 5 -> json.without(id);
            case 6 -> json.put(id, "../../" + json.path(id).asText());
            default -> TextNode.valueOf("an item");
        };
        return page.with(index, new ListPage.Item(item.position(), null, malformed));
    }

    /** Of those whose last lookup showed more than their beginning, any. */
    private ListPage old(ListPage page) {
        List<Integer> candidates = IntStream.range(0, page.items().size())
                .filter(index -> lookedAt(page.items().get(index)) > 0)
                .boxed()
                .toList();
        if (candidates.isEmpty()) {
            return page;
        }
        int index = candidates.get(random.nextInt(candidates.size()));
        ListPage.Item item = page.items().get(index);
        SimulatedSession session = item.session();
        return session == null
                ? page
                : page.with(
                        index, new ListPage.Item(item.position(), session, session.summary(session.lookedAt() - 1)));
    }

    private static int lookedAt(ListPage.Item item) {
        @Nullable SimulatedSession session = item.session();
        return session == null ? Truth.NOTHING : session.lookedAt();
    }

    /** Its id is that of the first one, reversed: the same again and again. */
    private static ListPage ghost(ListPage page, ListPage.Item model) {
        SimulatedSession session = model.session();
        if (session == null) {
            return page;
        }
        String id = new StringBuilder(session.key().sessionId()).reverse().toString();
        ObjectNode json = model.json().deepCopy();
        json.put("sessionId", id).put("arn", json.path("arn").asText().replaceAll("[^/]*$", id));
        return page.with(added(page.items(), new ListPage.Item(model.position(), null, json)));
    }
}
