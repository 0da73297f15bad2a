package dev.todo.auth;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token that was found good; times in seconds since 1970. {@code id} is the hash of what is signed; {@code session} is
 * null for a token of another issuer.
 */
public record AccessToken(
        Caller caller, String id, @Nullable String session, long issuedAt, long expiry) {
    static final long NO_TIME = 0;
    private static final String ATTRIBUTE = AccessToken.class.getName();

    /** The token of the exchange with these attributes; to ask where nobody had to sign in is a mistake. */
    public static AccessToken of(Map<String, Object> attributes) {
        AccessToken token = (AccessToken) attributes.get(ATTRIBUTE);
        if (token == null) {
            throw new IllegalStateException("This request has no token.");
        }
        return token;
    }

    public void putInto(Map<String, Object> attributes) {
        attributes.put(ATTRIBUTE, this);
        caller.putInto(attributes);
    }

    AccessToken ofSession(String itsSession) {
        return new AccessToken(caller, id, itsSession, issuedAt, expiry);
    }
}
