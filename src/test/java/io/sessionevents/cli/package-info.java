@NullMarked
package io.sessionevents.cli;

import org.jspecify.annotations.NullMarked;
