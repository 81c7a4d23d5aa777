package io.sessionevents.calls;

import org.jspecify.annotations.Nullable;

/**
 * The answer to one call, with what was asked.
 *
 * @param answer null: the call broke, for a reason of ours
 * @param <Q> question
 * @param <A> answer
 */
public record Answered<Q, A>(Q question, @Nullable A answer) {}
