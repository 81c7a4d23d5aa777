package io.sessionevents.calls;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one call, with what was asked.
 *
 * @param sentAt no later than the call was sent: what AWS tells, it read no sooner
 * @param answer null: the call broke, for a reason of ours
 * @param <Q> question
 * @param <A> answer
 */
public record Answered<Q, A>(
        Q question, Instant sentAt, @Nullable A answer) {}
