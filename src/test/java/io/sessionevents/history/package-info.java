@org.jspecify.annotations.NullMarked
package io.sessionevents.history;
