/** What is said of the health of this process, and of AWS and the registry as far as it can tell. */
@org.jspecify.annotations.NullMarked
package io.sessionevents.health;
