package dev.todo.retries;

/** A request under a key that its user has made up; the digest tells it from others. */
public record KeyedRequest(String userId, String key, String digest) {}
