@NullMarked
package io.sessionevents.local.registry;

import org.jspecify.annotations.NullMarked;
