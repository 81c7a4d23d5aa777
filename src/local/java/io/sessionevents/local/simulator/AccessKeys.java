package io.sessionevents.local.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All credentials that AWS knows, whatever their account: of users, and what STS has given out. Safe for use by many threads. */
public final class AccessKeys {
    private final Map<String, AccessKey> byId = new ConcurrentHashMap<>();

    /** These, and those that STS will add. */
    public AccessKeys(List<AccessKey> ofUsers) {
        ofUsers.forEach(this::add);
    }

    void add(AccessKey key) {
        byId.put(key.id(), key);
    }

    Optional<AccessKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
