package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items in order
 * @param next where the page behind it begins; null if there is none
 */
record ListPage(List<Item> items, @Nullable ListToken next) {

    /**
     * One thing on it.
     *
     * @param position by which the list is in order
     * @param session whose summary it is; null if it is none, or no one's
     */
    record Item(String position, @Nullable SimulatedSession session, JsonNode json) {}

    ListPage {
        items = List.copyOf(items);
    }

    /** Of all items there are, the page that is asked for. */
    static ListPage of(Stream<Item> all, ListQuery query) {
        ListToken token = query.token();
        List<Item> rest = all.filter(item -> token == null || item.position().compareTo(token.after()) > 0)
                .sorted(Comparator.comparing(Item::position))
                .limit(query.size() + 1L)
                .toList();
        var page = new ListPage(rest, null);
        return rest.size() > query.size() ? page.shortened(query.size(), query) : page;
    }

    /** The first items of it, and a token for the rest. */
    ListPage shortened(int size, ListQuery query) {
        String before = query.token() == null ? "" : query.token().after();
        String last = size == 0 ? before : items.get(size - 1).position();
        return new ListPage(items.subList(0, size), new ListToken(query.page() + 1, last));
    }

    ListPage with(List<Item> others) {
        return new ListPage(others, next);
    }

    /** The same with another item in place of that one. */
    ListPage with(int index, Item other) {
        List<Item> changed = new ArrayList<>(items);
        changed.set(index, other);
        return with(changed);
    }

    Answer answer(String member) {
        ObjectNode page = SimulatedSession.object();
        var array = page.putArray(member);
        items.forEach(item -> array.add(item.json()));
        if (next != null) {
            page.put("nextToken", next.text());
        }
        return Answer.json(page);
    }
}
