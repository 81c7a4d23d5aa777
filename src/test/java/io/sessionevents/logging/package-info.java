@NullMarked
package io.sessionevents.logging;

import org.jspecify.annotations.NullMarked;
