/** The lines of the log as JSON. */
@NullMarked
package io.sessionevents.logging;

import org.jspecify.annotations.NullMarked;
