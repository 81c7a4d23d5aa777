@NullMarked
package io.sessionevents.config;

import org.jspecify.annotations.NullMarked;
