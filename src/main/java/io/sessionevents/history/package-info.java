/** The history of one session, read from the topics by its key, see {@link io.sessionevents.session.SessionHistories}. */
@NullMarked
package io.sessionevents.history;

import org.jspecify.annotations.NullMarked;
