@NullMarked
package io.sessionevents.local.kafka;

import org.jspecify.annotations.NullMarked;
