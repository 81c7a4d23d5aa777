/** Avro: the mapping of the domain, the framing and serdes, and the port to the schema registry with its one adapter. */
@NullMarked
package io.sessionevents.avro;

import org.jspecify.annotations.NullMarked;
