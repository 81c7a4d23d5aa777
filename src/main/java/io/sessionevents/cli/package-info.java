/** The commands. Data goes to standard output, everything else to standard error. */
@NullMarked
package io.sessionevents.cli;

import org.jspecify.annotations.NullMarked;
