package io.sessionevents.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.Amount;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.Settlement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of the usage of an ended session, as JSON. */
final class SettlementJson {
    private SettlementJson() {}

    static @Nullable ObjectNode of(@Nullable Settlement settlement) {
        if (settlement == null) {
            return null;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", SettlementStatus.of(settlement).text()).put("revision", settlement.revision());
        json.set("billed", amounts(settlement.booked().billed()));
        return json.put("looks", settlement.looks())
                .put("unchangedSince", text(settlement.unchangedSince()))
                .put("nextLookAt", text(settlement.nextLookAt()));
    }

    /** Digit by digit as AWS sent them. */
    static @Nullable ObjectNode amounts(@Nullable ResourceUtilization used) {
        return used == null
                ? null
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("vCPUHour", text(used.vCPU()))
                        .put("memoryGBHour", text(used.memory()))
                        .put("storageGBHour", text(used.storage()));
    }

    private static @Nullable String text(@Nullable Amount amount) {
        return amount == null ? null : amount.text();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
