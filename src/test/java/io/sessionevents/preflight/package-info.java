@NullMarked
package io.sessionevents.preflight;

import org.jspecify.annotations.NullMarked;
