/** How keys are defined, read from their layers and checked. What is configured stands beside what it configures. */
@NullMarked
package io.sessionevents.config;

import org.jspecify.annotations.NullMarked;
