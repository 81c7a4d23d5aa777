package io.sessionevents.cli;

import org.apache.avro.generic.IndexedRecord;

/** Prints records of one topic as they come. */
interface RecordPrinter {

    /** Prints one record, generic or specific; false if nobody reads the output any more. */
    boolean print(IndexedRecord written);
}
