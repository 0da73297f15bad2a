package dev.todo.auth;

/** A token whose signature and claims are good; {@code expiry} in seconds since 1970. */
record VerifiedToken(Caller caller, long expiry) {}
