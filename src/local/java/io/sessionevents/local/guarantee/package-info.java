@NullMarked
package io.sessionevents.local.guarantee;

import org.jspecify.annotations.NullMarked;
