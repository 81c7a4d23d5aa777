package io.sessionevents.avro;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.SweepReason;
import io.sessionevents.session.SweptApplication;

/** Between the domain and what the store of the sweeps holds. */
final class SweptApplications {
    private SweptApplications() {}

    static io.sessionevents.v1.SweptApplication toAvro(SweptApplication application) {
        return io.sessionevents.v1.SweptApplication.newBuilder()
                .setSource(application.key().source())
                .setApplicationId(application.key().applicationId())
                .setReason(io.sessionevents.v1.SweepReason.valueOf(
                        application.reason().name()))
                .setLabels(application.labels())
                .setHeardOfAt(application.since())
                .setNeededAt(application.neededAt())
                .setStopped(application.stopped())
                .setCompleteAt(application.completeAt())
                .build();
    }

    static SweptApplication fromAvro(io.sessionevents.v1.SweptApplication avro) {
        return new SweptApplication(
                new ApplicationKey(avro.getSource(), avro.getApplicationId()),
                reason(avro.getReason()),
                avro.getLabels(),
                avro.getHeardOfAt(),
                avro.getNeededAt(),
                avro.getStopped(),
                avro.getCompleteAt());
    }

    private static SweepReason reason(io.sessionevents.v1.SweepReason avro) {
        return switch (avro) {
            case SESSION, UNKNOWN -> SweepReason.SESSION;
            case DISCOVERED -> SweepReason.DISCOVERED;
            case PUBLISHED -> SweepReason.PUBLISHED;
        };
    }
}
