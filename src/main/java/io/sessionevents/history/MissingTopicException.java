package io.sessionevents.history;

/** A topic that should hold histories does not exist. */
public final class MissingTopicException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String topic;

    MissingTopicException(String topic) {
        super("Topic " + topic + " does not exist.");
        this.topic = topic;
    }

    public String topic() {
        return topic;
    }
}
