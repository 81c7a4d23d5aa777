/**
 * The way to AWS: the client, the one classifier of its errors, and the decoration that makes a lookup of it. Knows the
 * domain and nothing else of ours.
 */
@NullMarked
package io.sessionevents.emr;

import org.jspecify.annotations.NullMarked;
