/** The simulated EMR Serverless as a process of its own, whose sessions publish themselves: for trying the service out. */
@NullMarked
package io.sessionevents.local.command.simulate;

import org.jspecify.annotations.NullMarked;
