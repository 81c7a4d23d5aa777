/**
 * Every key of the service in one list, and the configuration that they make. What a key means stands beside what it configures.
 */
@NullMarked
package io.sessionevents.settings;

import org.jspecify.annotations.NullMarked;
