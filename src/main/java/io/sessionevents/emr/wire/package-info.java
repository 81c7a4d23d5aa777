/**
 * HTTP/1.1 to AWS for the SDK's clients: plain blocking connections, one for each call in flight, kept alive. A general client does
 * much that a lookup needs nothing of, and was a third of its CPU.
 *
 * <p>A request is sent once, whatever happens: the budget counts what AWS sees. It knows the JDK and the interfaces of the SDK's HTTP
 * layer, and nothing of ours.
 */
@NullMarked
package io.sessionevents.emr.wire;

import org.jspecify.annotations.NullMarked;
