@NullMarked
package io.sessionevents.avro;

import org.jspecify.annotations.NullMarked;
