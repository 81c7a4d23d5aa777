/**
 * What a checkout offers beside the product's commands: {@link io.sessionevents.local.command.LocalMain} adds {@code demo},
 * {@code bench}, {@code campaign}, {@code faults} and {@code simulate}, each of which has a package of its own.
 */
@NullMarked
package io.sessionevents.local.command;

import org.jspecify.annotations.NullMarked;
