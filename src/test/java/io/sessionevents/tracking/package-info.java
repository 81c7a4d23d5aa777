@NullMarked
package io.sessionevents.tracking;

import org.jspecify.annotations.NullMarked;
