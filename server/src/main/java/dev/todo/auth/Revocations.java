package dev.todo.auth;

import dev.todo.problem.Problem;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What has been revoked and has not expired yet, held in memory, so that a request costs no query. Sessions and single
 * tokens are revoked by id; a user's tokens all at once, by the time until which they were issued.
 */
public final class Revocations {
    private static final String USER = "user:";

    private final Map<String, Revoked> entries = new ConcurrentHashMap<>();
    private volatile boolean known;

    /** {@code issuedUntil} matters for a user's tokens only. */
    public record Revoked(String id, Instant issuedUntil, Instant expiry) {}

    /** The id under which all tokens of a user are revoked. */
    public static String idOfUser(String userId) {
        return USER + userId;
    }

    public void add(Revoked revoked) {
        entries.merge(
                revoked.id(), revoked, (known, news) -> known.issuedUntil().isAfter(news.issuedUntil()) ? known : news);
    }

    public void forget(Instant expiredBy) {
        entries.values().removeIf(revoked -> !revoked.expiry().isAfter(expiredBy));
    }

    public void areKnown() {
        known = true;
    }

    /** Ends with a problem as long as it is not known what was revoked before this server started. */
    boolean cover(AccessToken token) {
        if (!known) {
            throw Problem.unavailable("The server is starting. Try again in a second.", null);
        }
        return !entries.isEmpty()
                && (entries.containsKey(token.id())
                        || (token.session() != null && entries.containsKey(token.session()))
                        || coverUserOf(token));
    }

    /**
     * Tokens of this second count as issued before. Those of our own are told apart by their session; one that does not
     * say when it was issued can be revoked by itself only, or its user could not come back.
     */
    private boolean coverUserOf(AccessToken token) {
        if (token.session() != null || token.issuedAt() == AccessToken.NO_TIME) {
            return false;
        }
        Revoked user = entries.get(idOfUser(token.caller().userId()));
        return user != null && token.issuedAt() <= user.issuedUntil().getEpochSecond();
    }
}
