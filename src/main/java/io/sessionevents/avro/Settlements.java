package io.sessionevents.avro;

import io.sessionevents.session.Amount;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionIdentity;
import io.sessionevents.session.Settlement;
import io.sessionevents.session.Settlement.Silence;
import io.sessionevents.session.Usage;
import io.sessionevents.v1.KeptAmounts;
import io.sessionevents.v1.KeptIdentity;
import io.sessionevents.v1.KeptUsage;
import org.jspecify.annotations.Nullable;

/** Between the domain and what the state store holds of a settlement. Of numbers only the texts are kept: the doubles follow. */
final class Settlements {
    private Settlements() {}

    static io.sessionevents.v1.@Nullable Settlement toAvro(@Nullable Settlement settlement) {
        if (settlement == null) {
            return null;
        }
        Silence silence = settlement.silence();
        return io.sessionevents.v1.Settlement.newBuilder()
                .setEndedAt(settlement.endedAt())
                .setUpdatedAt(settlement.updatedAt())
                .setAnsweredAt(settlement.answeredAt())
                .setLastLookAt(settlement.lastLookAt())
                .setNextLookAt(settlement.nextLookAt())
                .setLooks(settlement.looks())
                .setNumbers(toAvro(settlement.numbers()))
                .setUnchangedSince(settlement.unchangedSince())
                .setRevision(settlement.revision())
                .setBooked(toAvro(settlement.booked()))
                .setSilentLooks(silence.looks())
                .setSilentSince(silence.since())
                .setAbsences(silence.absences())
                .setAbsentSince(silence.absentSince())
                .setIdentity(toAvro(settlement.identity()))
                .build();
    }

    static @Nullable Settlement fromAvro(io.sessionevents.v1.@Nullable Settlement avro) {
        if (avro == null) {
            return null;
        }
        return new Settlement(
                avro.getEndedAt(),
                avro.getUpdatedAt(),
                avro.getAnsweredAt(),
                avro.getLastLookAt(),
                avro.getNextLookAt(),
                avro.getLooks(),
                fromAvro(avro.getNumbers()),
                avro.getUnchangedSince(),
                avro.getRevision(),
                fromAvro(avro.getBooked()),
                new Silence(avro.getSilentLooks(), avro.getSilentSince(), avro.getAbsences(), avro.getAbsentSince()),
                fromAvro(avro.getIdentity()));
    }

    private static KeptUsage toAvro(Usage usage) {
        return new KeptUsage(toAvro(usage.billed()), toAvro(usage.total()), usage.executionSeconds());
    }

    private static Usage fromAvro(KeptUsage avro) {
        return new Usage(fromAvro(avro.getBilled()), fromAvro(avro.getTotal()), avro.getExecutionSeconds());
    }

    private static @Nullable KeptAmounts toAvro(@Nullable ResourceUtilization used) {
        return used == null ? null : new KeptAmounts(text(used.vCPU()), text(used.memory()), text(used.storage()));
    }

    private static @Nullable ResourceUtilization fromAvro(@Nullable KeptAmounts avro) {
        return avro == null
                ? null
                : new ResourceUtilization(
                        amount(avro.getVCPUHour()), amount(avro.getMemoryGBHour()), amount(avro.getStorageGBHour()));
    }

    private static @Nullable String text(@Nullable Amount amount) {
        return amount == null ? null : amount.text();
    }

    private static @Nullable Amount amount(@Nullable String text) {
        return text == null ? null : Amount.parse(text);
    }

    static @Nullable KeptIdentity toAvro(@Nullable SessionIdentity identity) {
        return identity == null
                ? null
                : KeptIdentity.newBuilder()
                        .setArn(identity.arn())
                        .setName(identity.name())
                        .setCreatedBy(identity.createdBy())
                        .setExecutionRoleArn(identity.executionRoleArn())
                        .setReleaseLabel(identity.releaseLabel())
                        .setTags(identity.tags())
                        .build();
    }

    static @Nullable SessionIdentity fromAvro(@Nullable KeptIdentity avro) {
        return avro == null
                ? null
                : new SessionIdentity(
                        avro.getArn(),
                        avro.getName(),
                        avro.getCreatedBy(),
                        avro.getExecutionRoleArn(),
                        avro.getReleaseLabel(),
                        avro.getTags());
    }
}
